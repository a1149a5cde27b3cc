import { expect, test } from 'vitest';
import { createTimedTransport } from '../../src/create-transport.ts';
import { createTransport } from '../../src/index.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';
import { startHttp1, startHttp2 } from '../servers/http-servers.ts';

interface Line {
  readonly message: string;
  readonly fields: object | undefined;
}

function recorder() {
  const warnings: Line[] = [];
  const nothing = (): void => {};
  const warn = (message: string, fields?: object): void => void warnings.push({ message, fields });
  return { warnings, logger: { debug: nothing, info: nothing, error: nothing, warn } };
}

test('calls that wait for a stream are warned of once, with numbers and the setting', async () => {
  await using server = await startHttp2(() => {});
  const { warnings, logger } = recorder();
  const options = {
    http2: 'prior-knowledge',
    maxHttp2Sessions: 1,
    maxStreamsPerSession: 2,
    keepAliveTimeoutMs: 20,
    logger,
  } as const;
  const transport = createTimedTransport(
    { ...options, settingNames: { maxHttp2Sessions: 'APP_SESSIONS' } },
    { afterMs: 200, everyMs: 60_000 },
  );
  const calls = Array.from({ length: 5 }, () => transport.fetch(server.url));
  await expect.poll(() => warnings, { timeout: 10_000 }).toHaveLength(1);
  expect(warnings[0]?.message).toContain('APP_SESSIONS');
  expect(warnings[0]?.fields).toEqual({
    origin: server.url,
    inFlight: 2,
    queued: 3,
    limit: 1,
    setting: 'APP_SESSIONS',
  });
  await Promise.all([Promise.allSettled(calls), transport.destroy()]);
  expect(warnings).toHaveLength(1);
});

test('calls that wait for a socket are warned of by the other limit', async () => {
  await using server = await startHttp1(() => {});
  const { warnings, logger } = recorder();
  const transport = createTimedTransport(
    { maxHttp1Sockets: 1, keepAliveTimeoutMs: 20, logger },
    { afterMs: 200, everyMs: 60_000 },
  );
  const calls = [transport.fetch(server.url), transport.fetch(server.url)];
  await expect.poll(() => warnings, { timeout: 10_000 }).toHaveLength(1);
  expect(warnings[0]?.fields).toMatchObject({ inFlight: 1, queued: 1, limit: 1, setting: 'maxHttp1Sockets' });
  await Promise.all([Promise.allSettled(calls), transport.destroy()]);
});

test('a server that allows no streams at first gets the calls in order when it does', async () => {
  const seen: unknown[] = [];
  await using server = await startHttp2(
    (stream, headers) => {
      seen.push(headers[':path']);
      stream.respond({ ':status': 200 });
      stream.end();
    },
    { settings: { maxConcurrentStreams: 1 } },
  );
  await using transport = createTransport({ http2: 'prior-knowledge', maxHttp2Sessions: 1 });
  await transport.fetch(`${server.url}/first`);
  const [session] = server.sessions;
  await new Promise<void>((resolve) => session?.settings({ maxConcurrentStreams: 0 }, () => resolve()));
  const paths = ['/a', '/b', '/c'];
  const calls = paths.map((path) => transport.fetch(server.url + path));
  await expect.poll(() => transport.stats().origins[0]).toMatchObject({ inFlight: 0, queued: 3 });
  session?.settings({ maxConcurrentStreams: 2 });
  await Promise.all(calls);
  expect(seen).toEqual(['/first', ...paths]);
});

test('callers who call again as soon as they have their answer need no more connections than there are callers for', async () => {
  await using server = await startHttp2(
    (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('done');
    },
    { settings: { maxConcurrentStreams: 4 } },
  );
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const caller = async (): Promise<void> => {
    for (let call = 0; call < 50; call += 1) await (await transport.fetch(server.url)).text();
  };
  await caller();
  await Promise.all(Array.from({ length: 4 }, caller));
  expect(transport.stats().totals).toMatchObject({ connectionsOpened: 1, requests: 250 });
});

test('an answer that comes before its request was sent frees the stream, also if the server never reads the rest', async () => {
  // `:status: 200` with END_STREAM; the window for the body is never made larger.
  await using server = await startFrames((connection, streamId) =>
    connection.send(FRAME.headers, 0x5, streamId, Buffer.from([0x88])),
  );
  await using transport = createTransport({ http2: 'prior-knowledge', maxHttp2Sessions: 1, maxStreamsPerSession: 1 });
  for (const size of [10, 200_000, 200_000]) {
    const response = await transport.fetch(server.url, { method: 'POST', body: 'x'.repeat(size) });
    expect(await response.text()).toBe('');
  }
  await expect.poll(() => transport.stats().origins[0]).toMatchObject({ inFlight: 0, sessions: 1 });
});
