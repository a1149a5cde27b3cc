import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { createAuthority } from '../servers/certificates.ts';
import { startHttp2 } from '../servers/http-servers.ts';
import type { StreamListener } from '../servers/http-servers.ts';

const authority = await createAuthority();
const tls = await authority.issue(['localhost', '127.0.0.1']);

function overTls(onStream: StreamListener): ReturnType<typeof startHttp2> {
  return startHttp2(onStream, { tls });
}

const servers = [
  ['over TLS', overTls, { tls: { ca: authority.cert } }],
  ['in cleartext', startHttp2, { http2: 'prior-knowledge' }],
] as const;

test.each(servers)('%s, a call made where another was lost gets a new connection', async (_, start, options) => {
  let reset = true;
  await using server = await start((stream) => {
    if (reset) return server.sockets.forEach((socket) => socket.resetAndDestroy());
    stream.respond({ ':status': 200 });
    return stream.end('ok');
  });
  await using transport = createTransport(options);
  const again = (error: unknown): Promise<Response> => {
    expect(error).toMatchObject({ code: 'CONNECTION_RESET', requestSent: 'unknown' });
    reset = false;
    return transport.fetch(server.url);
  };
  const calls = Array.from({ length: 5 }, () =>
    transport.fetch(server.url, { method: 'POST', body: 'x' }).catch(again),
  );
  for (const response of await Promise.all(calls)) expect(await response.text()).toBe('ok');
  expect(transport.stats().totals).toMatchObject({ connectionsOpened: 2, replays: 0 });
});

// Each abort writes a frame. Node's TLS never finishes the second write to a lost connection, and until then its HTTP/2 does not read. Later
// the streams end before their session does, which still takes requests then, to fail them.
test('a reset is noticed although Node has stopped to listen, and a call made at that moment gets a new connection', async () => {
  let streams = 0;
  await using server = await overTls((stream) => {
    streams += 1;
    if (streams <= 6) return;
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await using transport = createTransport({ tls: { ca: authority.cert }, keepAliveTimeoutMs: 40 });
  const aborts = Array.from({ length: 5 }, () => new AbortController());
  const aborted = aborts.map(({ signal }) => transport.fetch(server.url, { signal }));
  const lost = transport.fetch(server.url);
  const next = lost.catch(() => transport.fetch(server.url));
  await expect.poll(() => streams).toBe(6);
  for (const socket of server.sockets) socket.resetAndDestroy();
  for (const controller of aborts) controller.abort();
  for (const call of aborted) await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_RESET', requestSent: 'unknown' });
  expect(await (await next).text()).toBe('ok');
  expect(transport.stats().totals).toMatchObject({ connectionsOpened: 2, replays: 0 });
});
