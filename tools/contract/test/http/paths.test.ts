import { expect, test } from 'vitest';
import { judged, raw } from '../../src/contract.ts';
import { refusal, refused } from '../../src/refusals.ts';
import { exchange } from './exchange.ts';

test.each([
  ['/api/nope', 'api/nope'],
  ['/api', 'api'],
  ['/api/workflow/', 'api/workflow'],
  ['/api/metadata/workflow/', 'api/metadata/workflow'],
  ['/api/tasks/poll/batch/', 'api/tasks/poll/batch'],
  ['/api//version', 'api/version'],
  ['/api/Version', 'api/Version'],
  ['/health/', 'health'],
])('%s is not there', async (path, named) => {
  expect(await refused(`GET ${path}`)).toEqual(refusal(404, `No static resource ${named}.`));
});

test('what belongs to no resource of the API varies by origin', async () => {
  const { headers } = await fetch(`${judged.url}/api/nope`);
  expect(headers.get('vary')).toBe('Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
});

test.each(['/', '/workflow/x', '/wrong/api/version', '//api/version', '/API/version', '/index.html'])(
  'outside the API %s is the web interface, so a wrong base path answers 200',
  async (path) => {
    const page = await raw('GET', path);
    expect([page.status, page.type]).toEqual([200, 'text/html']);
    expect(page.body).toMatch(/<html|<!doctype html/i);
  },
);

test('other methods find nothing there', async () => {
  expect(await refused('POST /nope', {})).toEqual(refusal(404, 'No static resource nope.'));
  expect((await raw('HEAD', '/nope')).status).toBe(404);
});

test.each([
  ['PUT', '/api/workflow'],
  ['PATCH', '/api/workflow'],
  ['POST', '/api/tasks/queue/all'],
  ['DELETE', '/api/version'],
  ['GET', '/api/metadata/workflow/w/1'],
])('%s of %s is not allowed, and nothing says what is', async (method, path) => {
  expect(await refused(`${method} ${path}`)).toEqual(refusal(405, `Request method '${method}' is not supported`));
  const response = await fetch(`${judged.url}${path}`, { method });
  expect(response.headers.get('allow')).toBeNull();
});

test('HEAD is GET without a body, OPTIONS lists the methods, TRACE is refused by the container', async () => {
  expect(await raw('HEAD', '/health')).toMatchObject({ status: 200, type: 'application/json', body: '' });
  const { status, headers } = await fetch(`${judged.url}/api/metadata/taskdefs`, { method: 'OPTIONS' });
  expect(status).toBe(200);
  expect(headers.get('allow')?.split(',').toSorted()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
  const answer = await exchange('TRACE /api/nope HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 405 \r\n/);
  expect(answer).toMatch(/\r\nallow: HEAD, DELETE, POST, GET, OPTIONS, PUT\r\n/i);
});

test.each([
  ['a%20b', 'a b'],
  ['a%25b', 'a%b'],
  ['a%3Bb', 'a;b'],
  ['a%3Fb', 'a?b'],
  ['%D0%B6', 'ж'],
  ['a+b', 'a+b'],
  ['a.json', 'a.json'],
  ["a!$&'()*,=:@~b", "a!$&'()*,=:@~b"],
  ['a;v=1', 'a'],
])('the name %s arrives as %s', async (encoded, name) => {
  expect(await refused(`GET /api/tasks/${encoded}`)).toEqual(refusal(404, `Task not found for taskId: ${name}`));
});

test.each([
  '/api/tasks/a%2Fb',
  '/api/tasks/a%5Cb',
  '/api/tasks/a%00b',
  '/api/tasks/%zz',
  '/api/tasks/[a]',
  '/api/version?x={1}',
  '/api/version?x=|',
  '/api/version#x',
])('%s is refused by the container, in HTML', async (path) => {
  const answer = await exchange(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 \r\n/);
  expect(answer).toMatch(/\r\ncontent-type: text\/html;charset=utf-8\r\n/i);
});

test('a parameter that cannot be decoded counts as not given', async () => {
  const answer = await exchange(
    'GET /api/tasks/queue/size?taskType=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toContain("Required request parameter 'taskType'");
});

test('a preflight is refused, and an origin alone does not matter', async () => {
  const preflight = { origin: 'http://a.test', 'access-control-request-method': 'GET' };
  expect(await raw('OPTIONS', '/api/workflow', undefined, preflight)).toMatchObject({
    status: 403,
    type: null,
    body: 'Invalid CORS request',
  });
  expect(await raw('GET', '/api/version', undefined, { origin: 'http://a.test' })).toMatchObject({ status: 200 });
});
