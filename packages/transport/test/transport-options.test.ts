import { expect, test } from 'vitest';
import { createTransport } from '../src/create-transport.ts';
import { TRANSPORT_DEFAULTS, resolvePolicy } from '../src/transport-options.ts';
import type { TlsOptions } from '../src/transport-options.ts';

test('the defaults are pinned', () => {
  expect(resolvePolicy({})).toEqual({
    http2: 'auto',
    maxHttp2Sessions: 10,
    maxHttp1Sockets: 100,
    maxStreamsPerSession: 100,
    connectTimeoutMs: 10_000,
    headersTimeoutMs: 0,
    bodyIdleTimeoutMs: 60_000,
    keepAliveTimeoutMs: 4_000,
    maxConnectionAgeMs: 300_000,
    pingIntervalMs: 15_000,
    pingTimeoutMs: 10_000,
    maxResponseBytes: 67_108_864,
    maxRedirects: 5,
  });
});

test('an explicit undefined means the default', () => {
  expect(resolvePolicy({ maxRedirects: undefined, http2: undefined })).toEqual(TRANSPORT_DEFAULTS);
});

test.each([
  ['http2', 'maybe'],
  ['maxHttp2Sessions', 0],
  ['maxHttp1Sockets', 1.5],
  ['connectTimeoutMs', -1],
  ['connectTimeoutMs', 2 ** 31],
  ['bodyIdleTimeoutMs', Number.NaN],
  ['keepAliveTimeoutMs', 0],
  ['maxResponseBytes', '1'],
])('%s cannot be %s, and the error says so', (option, value) => {
  expect(() => createTransport({ [option]: value })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION', option }),
  );
});

test.each([
  [{ cert: 'x' }, 'tls.key'],
  [{ key: 'x' }, 'tls.cert'],
  [{ cert: 'x', key: 'y' }, 'tls'],
  [{ ca: 'not a certificate' }, 'tls'],
  [{ servername: 42 }, 'tls.servername'],
  // Taken for the default it would trust more than was asked for.
  [{ caMode: 'Replace' }, 'tls.caMode'],
])('TLS options that cannot work are refused at once', (tls, option) => {
  expect(() => createTransport({ tls: tls as TlsOptions })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION', option }),
  );
});

test('a proxy URL that cannot work is refused at once, by the name of the setting', () => {
  const create = () => createTransport({ proxy: 'socks5://u:hunter2@h:1', settingNames: { proxy: 'APP_PROXY' } });
  expect(create).toThrow(expect.objectContaining({ code: 'INVALID_PROXY', source: 'APP_PROXY' }));
});
