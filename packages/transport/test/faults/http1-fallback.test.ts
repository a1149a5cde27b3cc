import * as tls from 'node:tls';
import { listen } from '@conductor-ts/sockets';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { createAuthority } from '../servers/certificates.ts';

const authority = await createAuthority();
const pair = await authority.issue(['localhost']);

test('an origin that promises HTTP/2 and breaks it twice is served by HTTP/1.1, with one warning', async () => {
  const warnings: string[] = [];
  const nothing = (): void => {};
  const logger = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (message: string) => void warnings.push(message),
  };
  const server = tls.createServer({ ...pair, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    socket.on('error', nothing);
    if (socket.alpnProtocol === 'h2') return socket.destroy();
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    return socket;
  });
  await using listening = await listen(server);
  await using transport = createTransport({
    tls: { ca: authority.cert },
    settingNames: { http2: 'APP_DISABLE_HTTP2' },
    logger,
  });
  const url = `https://localhost:${listening.port}/`;
  for (let round = 0; round < 2; round += 1)
    await expect(transport.fetch(url)).rejects.toMatchObject({ requestSent: 'unknown' });
  for (let round = 0; round < 3; round += 1) expect(await (await transport.fetch(url)).text()).toBe('ok');
  expect(warnings).toEqual([expect.stringContaining('APP_DISABLE_HTTP2')]);
  expect(transport.stats().origins[0]?.protocol).toBe('h1');
});
