import { Agent, get, type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { judged, raw } from '../../src/contract.ts';
import { exchange } from './exchange.ts';

test('JSON is chunked, without a charset; the reason phrase is empty', async () => {
  const answer = await exchange('GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200 \r\n/);
  expect(answer).toMatch(/\r\ncontent-type: application\/json\r\n/i);
  expect(answer).toMatch(/\r\ntransfer-encoding: chunked\r\n/i);
});

test('what the caller accepts does not matter, and nothing is compressed', async () => {
  const headers = { accept: 'application/xml', 'accept-encoding': 'gzip' };
  const response = await fetch(`${judged.url}/health`, { headers });
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(await raw('GET', '/api/workflow/nope', undefined, { accept: 'text/html' })).toMatchObject({
    status: 404,
    type: 'application/json',
  });
});

test('that a connection is kept is told to those who ask for it, until its 100th answer ends it', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers: (string | undefined)[] = [];
  for (let count = 1; count <= 101; count += 1) {
    const response = await version(agent);
    if (count !== 100) expect(response.headers['keep-alive']).toBe('timeout=60');
    headers.push(response.headers.connection);
  }
  agent.destroy();
  expect(headers.indexOf('close')).toBe(99);
  expect(new Set(headers.toSpliced(99, 1))).toEqual(new Set(['keep-alive']));
});

test('a request line of more than 8 KiB is a 400 in HTML, and the end of the connection', async () => {
  const fits = await exchange(
    `GET /api/version?x=${'x'.repeat(7_500)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  );
  expect(fits).toMatch(/^HTTP\/1\.1 200 \r\n/);
  const answer = await exchange(`GET /api/version?x=${'x'.repeat(8_300)} HTTP/1.1\r\nHost: a\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 \r\n/);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(answer).toMatch(/\r\ncontent-type: text\/html;charset=utf-8\r\n/i);
});

test('so are large headers', async () => {
  const answer = await exchange(`GET /health HTTP/1.1\r\nHost: a\r\nBig: ${'x'.repeat(8_300)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 \r\n/);
});

test('those who do not ask hear nothing, unless they speak an old HTTP', async () => {
  const answers = await exchange(
    'GET /api/version HTTP/1.1\r\nHost: a\r\n\r\nGET /api/version HTTP/1.0\r\nHost: a\r\n\r\n',
  );
  const [, first, last] = answers.split('HTTP/1.1 200');
  expect(first).not.toMatch(/connection|keep-alive/i);
  expect(last).toMatch(/\r\nconnection: close\r\n/i);
});

test('an offer to speak HTTP/2 is passed over', async () => {
  const offer = 'Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
  expect(await exchange(`GET /api/version HTTP/1.1\r\nHost: a\r\n${offer}\r\n`)).toMatch(/^HTTP\/1\.1 200 \r\n/);
});

function version(agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${judged.url}/api/version`, { agent }, (response) => {
      response.resume().once('end', () => resolve(response));
    }).once('error', reject);
  });
}
