import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { echo, echoOf, startHttp1, startHttp2 } from '../servers/http-servers.ts';

/** `/307?to=/x` redirects there with that status. */
function redirectOrEcho(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', 'http://host');
  const to = url.searchParams.get('to');
  if (to === null) return echo(request, response);
  response.writeHead(Number(url.pathname.slice(1)), { location: to }).end('moved');
  return undefined;
}

test('a redirect within the host is followed with headers and body', async () => {
  await using server = await startHttp1(redirectOrEcho);
  await using transport = createTransport();
  const response = await transport.fetch(`${server.url}/307?to=/x`, {
    method: 'POST',
    body: 'hi',
    headers: { 'x-authorization': 't' },
  });
  expect([response.url, response.redirected]).toEqual([`${server.url}/x`, true]);
  expect(await response.json()).toMatchObject({
    method: 'POST',
    url: '/x',
    body: 'hi',
    headers: { 'x-authorization': 't' },
  });
});

test('over HTTP/2 as well', async () => {
  await using server = await startHttp2((stream, headers) => {
    stream.respond(headers[':path'] === '/a' ? { ':status': 302, location: '/b' } : { ':status': 200 });
    stream.end(String(headers[':path']));
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  expect(await (await transport.fetch(`${server.url}/a`)).text()).toBe('/b');
});

test('another host gets nothing at all, and the error names both URLs', async () => {
  const seen: unknown[] = [];
  await using other = await startHttp1((request, response) => {
    seen.push(request.headers);
    response.end();
  });
  await using server = await startHttp1(redirectOrEcho);
  await using transport = createTransport();
  for (const status of [301, 302, 303, 307, 308]) {
    const url = `${server.url}/${status}?to=${encodeURIComponent(`${other.url}/steal`)}`;
    await expect(transport.fetch(url, { headers: { 'x-authorization': 'secret' } })).rejects.toMatchObject({
      code: 'REDIRECT_REFUSED',
      status,
      url: `${server.url}/${status}`,
      location: `${other.url}/steal`,
      requestSent: true,
      permanent: true,
    });
  }
  expect(seen).toEqual([]);
});

test('a circle ends', async () => {
  await using server = await startHttp1((_, response) => void response.writeHead(302, { location: '/' }).end());
  await using transport = createTransport({ maxRedirects: 3 });
  await expect(transport.fetch(server.url)).rejects.toMatchObject({ code: 'REDIRECT_LIMIT' });
  expect(transport.stats().totals.requests).toBe(4);
});

test('`manual` gives the redirect out, `error` refuses it', async () => {
  await using server = await startHttp1(redirectOrEcho);
  await using transport = createTransport();
  const response = await transport.fetch(`${server.url}/302?to=/x`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location'), await response.text()]).toEqual([302, '/x', 'moved']);
  await expect(transport.fetch(`${server.url}/302?to=/x`, { redirect: 'error' })).rejects.toMatchObject({
    code: 'REDIRECT_REFUSED',
  });
});

test('an abort reaches the call that follows a redirect', async () => {
  let arrived = false;
  await using server = await startHttp1((request, response) => {
    if (request.url === '/x') arrived = true;
    else response.writeHead(302, { location: '/x' }).end();
  });
  await using transport = createTransport();
  const controller = new AbortController();
  const call = transport.fetch(server.url, { signal: controller.signal });
  await expect.poll(() => arrived).toBe(true);
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
});

test.each([
  [303, true],
  [307, false],
])(
  'after a %i a server that is gone leaves no doubt whether the request was carried out',
  async (status, requestSent) => {
    const server = await startHttp1((_, response) => {
      response.writeHead(status, { location: '/elsewhere', connection: 'close' }).end();
      void server.close();
    });
    await using transport = createTransport();
    await expect(transport.fetch(server.url)).rejects.toMatchObject({ code: 'CONNECT_REFUSED', requestSent });
  },
);

test('an ordinary answer is not a redirect', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  expect(await echoOf(transport.fetch(server.url))).toMatchObject({ url: '/' });
});

test.each([
  ['http://elsewhere.test/login/t0ken-of-this-call', 'http://elsewhere.test/login/[redacted]'],
  ['http://[no-url/?token=t0ken-of-this-call', undefined],
])('a server that puts a secret header into the location %s: the error does not show it', async (to, location) => {
  await using server = await startHttp1((_, response) => void response.writeHead(302, { location: to }).end());
  await using transport = createTransport({ sensitiveHeaders: ['X-Authorization'] });
  const headers = { 'x-authorization': 'Bearer t0ken-of-this-call' };
  const error: unknown = await transport.fetch(server.url, { headers }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'REDIRECT_REFUSED', location });
  expect(inspect(error, { depth: 9 })).not.toContain('t0ken');
});
