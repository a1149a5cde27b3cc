import { Agent } from 'node:http';
import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call, exchangeBytes } from '../call.ts';

test('JSON is chunked, without a charset, and the reason phrase is empty', async () => {
  await using server = await startConductorServer();
  const raw = await exchangeBytes(server.port, 'GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(raw).toMatch(/^HTTP\/1\.1 200 \r\n/);
  expect(raw).toMatch(/\r\ncontent-type: application\/json\r\n/);
  expect(raw).toMatch(/\r\nTransfer-Encoding: chunked\r\n/);
  expect(raw).toContain('{"healthResults":[],"suppressedHealthResults":[],"healthy":true}');
});

test('that a connection is kept is told to those who ask for it, until the 100th answer closes it', async () => {
  await using server = await startConductorServer();
  using agent = oneConnection();
  for (let count = 1; count <= 99; count += 1) {
    const { headers } = await call(server, 'GET', '/api/version', undefined, { agent });
    expect(headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=60' });
  }
  const { headers } = await call(server, 'GET', '/api/version', undefined, { agent });
  expect(headers['connection']).toBe('close');
  await call(server, 'GET', '/api/version', undefined, { agent });
  expect(server.counts().connectionsOpened).toBe(2);
});

test('a caller who does not speak of the connection hears nothing of it, unless it is an old one', async () => {
  await using server = await startConductorServer();
  const two = 'GET /api/version HTTP/1.1\r\nHost: a\r\n\r\nGET /api/version HTTP/1.0\r\nHost: a\r\n\r\n';
  const [, first, last] = (await exchangeBytes(server.port, two)).split('HTTP/1.1 200');
  expect(first).not.toMatch(/connection/i);
  expect(last).toMatch(/\r\nconnection: close\r\n/i);
});

test('text has a length and a charset; an empty answer has a length and no type', async () => {
  await using server = await startConductorServer();
  const version = await call(server, 'GET', '/api/version');
  expect(version.text).toBe('3.32.3');
  expect(version.headers).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8', 'content-length': '6' });
  const empty = await call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }]);
  expect(empty).toMatchObject({ status: 200, text: '' });
  expect(empty.headers['content-length']).toBe('0');
  expect(empty.headers).not.toHaveProperty('content-type');
});

test('outside the API every page is the web interface', async () => {
  await using server = await startConductorServer();
  for (const path of ['/', '/workflow/search', '//api/workflow/search', '/wrong/api/version']) {
    const { status, headers, text } = await call(server, 'GET', path);
    expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html']);
    expect(text).toContain('<html');
  }
});

test.for([
  ['GET', '/api/nope', 404, 'No static resource api/nope.'],
  ['GET', '/api/workflow/', 404, 'No static resource api/workflow.'],
  ['GET', '/api/tasks/poll/batch/', 404, 'No static resource api/tasks/poll/batch.'],
  ['GET', '/health/', 404, 'No static resource health.'],
  ['POST', '/api/token', 404, 'No static resource api/token.'],
  ['GET', '/api/token/userInfo', 404, 'No static resource api/token/userInfo.'],
  ['PATCH', '/api/workflow', 405, "Request method 'PATCH' is not supported"],
  ['POST', '/api/tasks/queue/all', 405, "Request method 'POST' is not supported"],
] as const)('%s %s is a %i', async ([method, path, status, message]) => {
  await using server = await startConductorServer();
  const reply = await call(server, method, path, method === 'POST' ? {} : undefined);
  expect(reply.status).toBe(status);
  expect(reply.headers['content-type']).toBe('application/json');
  expect(JSON.parse(reply.text)).toEqual({ status, message, instance: expect.any(String), retryable: false });
});

test.for([
  '/api/tasks/a%2Fb',
  '/api/tasks/a%5Cb',
  '/api/workflow/search?query={x}',
  '/api/tasks/[a]',
  '/api/tasks/%zz',
])('%s is refused before any route sees it', async (path) => {
  await using server = await startConductorServer();
  const raw = await exchangeBytes(server.port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  expect(raw).toMatch(/^HTTP\/1\.1 400 \r\n/);
  expect(raw).toContain('content-type: text/html');
});

test('names with spaces, percent signs and other alphabets arrive as they are, matrix parameters do not', async () => {
  await using server = await startConductorServer();
  for (const [path, name] of [
    ['a%20b', 'a b'],
    ['a%25b', 'a%b'],
    ['%D0%B6', 'ж'],
    ['a%3Bb', 'a;b'],
    ['a;v=1', 'a'],
  ] as const) {
    const { text } = await call(server, 'GET', `/api/tasks/${path}`);
    expect(JSON.parse(text).message).toBe(`Task not found for taskId: ${name}`);
  }
});

test('a request line and headers of more than 8 KiB are a 400 page and the end of the connection', async () => {
  await using server = await startConductorServer();
  const raw = await exchangeBytes(
    server.port,
    `GET /api/workflow/search?query=${'x'.repeat(8_300)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  );
  expect(raw).toMatch(/^HTTP\/1\.1 400 \r\n/);
  expect(raw).toContain('connection: close');
  expect(raw).toContain('text/html');
});

test('bytes that are no HTTP are a 400 page', async () => {
  await using server = await startConductorServer();
  expect(await exchangeBytes(server.port, 'SSH-2.0-x\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('a body over the limit is a 500, and the connection closes', async () => {
  await using server = await startConductorServer({ maxBodyBytes: 1_000 });
  const reply = await call(server, 'POST', '/api/metadata/taskdefs', ['x'.repeat(2_000)]);
  expect(reply.status).toBe(500);
  expect(reply.headers['connection']).toBe('close');
  expect(JSON.parse(reply.text).message).toContain('permissible limit: 1000 bytes');
});

test('HEAD is GET without the body, a preflight is refused, OPTIONS lists the methods', async () => {
  await using server = await startConductorServer();
  expect(await call(server, 'HEAD', '/health')).toMatchObject({ status: 200, text: '' });
  const headers = { origin: 'http://a', 'access-control-request-method': 'GET' };
  expect(await call(server, 'OPTIONS', '/api/workflow', undefined, { headers })).toMatchObject({
    status: 403,
    text: 'Invalid CORS request',
  });
  expect((await call(server, 'OPTIONS', '/api/metadata/taskdefs')).headers['allow']).toBe('GET,HEAD,POST,PUT,OPTIONS');
});

test('a wrong method is not told which ones there are, and TRACE is refused by the container', async () => {
  await using server = await startConductorServer();
  expect((await call(server, 'PUT', '/api/workflow')).headers).not.toHaveProperty('allow');
  expect(await call(server, 'TRACE', '/api/nope')).toMatchObject({ status: 405, text: '' });
});

test('a query parameter that cannot be decoded counts as not given', async () => {
  await using server = await startConductorServer();
  expect((await call(server, 'GET', '/api/workflow/search?query=a%zz&size=1')).status).toBe(200);
});

test('a byte order mark before JSON is no fault, and an unknown content type is named with a charset', async () => {
  await using server = await startConductorServer();
  const post = (body: string, type: string): ReturnType<typeof fetch> =>
    fetch(`${server.apiUrl}/metadata/taskdefs`, { method: 'POST', body, headers: { 'content-type': type } });
  expect((await post('\uFEFF[{"name":"t"}]', 'application/json')).status).toBe(200);
  expect(await (await post('[]', 'text/plain')).json()).toMatchObject({
    message: "Content-Type 'text/plain;charset=UTF-8' is not supported",
  });
});

test('an idle connection is closed after its time, by the clock of the server', async () => {
  const { ManualClock } = await import('../../src/index.ts');
  const clock = new ManualClock();
  await using server = await startConductorServer({ clock });
  using agent = oneConnection();
  await call(server, 'GET', '/health', undefined, { agent });
  await clock.advance(59_000);
  await call(server, 'GET', '/health', undefined, { agent });
  expect(server.counts().connectionsOpened).toBe(1);
  await clock.advance(60_000);
  await call(server, 'GET', '/health', undefined, { agent });
  expect(server.counts().connectionsOpened).toBe(2);
});

test('a base path stands before everything, and outside it there is nothing', async () => {
  await using server = await startConductorServer({ basePath: 'conductor/' });
  expect(server.apiUrl).toBe(`http://127.0.0.1:${server.port}/conductor/api`);
  expect(await call(server, 'GET', '/conductor/api/version')).toMatchObject({ status: 200, text: '3.32.3' });
  expect((await call(server, 'GET', '/api/version')).status).toBe(404);
});

function oneConnection(): Agent & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });
}
