import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { client, judged, raw, unique } from '../../src/contract.ts';
import { started, twoTasks } from '../../src/given.ts';
import { begins, refusal } from '../../src/refusals.ts';
import { exchange } from './exchange.ts';

const PATH = '/api/metadata/taskdefs';
const DEFINITION = JSON.stringify([{ name: 't' }]);

test.each(['application/json', 'application/json; charset=utf-8', 'application/vnd.api+json', 'Application/JSON'])(
  'JSON may come as %s',
  async (type) => {
    expect(await raw('POST', PATH, DEFINITION, { 'content-type': type })).toMatchObject({ status: 200 });
  },
);

test.each([
  ['text/plain', 'text/plain;charset=UTF-8'],
  ['text/plain; charset=utf-8', 'text/plain;charset=utf-8'],
  ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded;charset=UTF-8'],
  ['application/octet-stream', 'application/octet-stream;charset=UTF-8'],
])('as %s it is not supported, which is a 500', async (type, named) => {
  const { status, body } = await raw('POST', PATH, DEFINITION, { 'content-type': type });
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual(refusal(500, `Content-Type '${named}' is not supported`));
});

test('a byte order mark is no fault, and the charset of the type is not looked at', async () => {
  expect((await raw('POST', PATH, `\uFEFF${DEFINITION}`)).status).toBe(200);
  const name = unique('ж');
  await raw('POST', PATH, JSON.stringify([{ name }]), { 'content-type': 'application/json;charset=utf-8' });
  expect((await client.metadata.getTaskDef({ tasktype: name })).name).toBe(name);
});

test.each(['[{', "[{'name':'t'}]", '[{"name":"t",}]', '[{"name":NaN}]', '<html>'])('%s is no JSON', async (text) => {
  const { status, body } = await raw('POST', PATH, text);
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual(refusal(500, begins('JSON parse error: ')));
});

test('a compressed body is not decompressed', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const response = await fetch(judged.url + PATH, { method: 'POST', headers, body: gzipSync(DEFINITION) });
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual(refusal(500, begins('JSON parse error: ')));
});

test('a chunked body is fine, and so is one that waits to be asked for', async () => {
  const head = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n`;
  const chunks = `${DEFINITION.length.toString(16)}\r\n${DEFINITION}\r\n0\r\n\r\n`;
  expect(await exchange(`${head}Transfer-Encoding: chunked\r\n\r\n${chunks}`)).toMatch(/^HTTP\/1\.1 200 \r\n/);
  const waiting = `${head}Expect: 100-continue\r\nContent-Length: ${DEFINITION.length}\r\n\r\n${DEFINITION}`;
  expect(await exchange(waiting)).toMatch(/^HTTP\/1\.1 100 [^]*HTTP\/1\.1 200 \r\n/);
});

test('6 MB of input are kept elsewhere, more than 10 MiB are too much', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name, { input: { big: 'x'.repeat(6_000_000) } });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    input: {},
    externalInputPayloadStoragePath: expect.stringMatching(/\.json$/) as string,
  });
  const { status, body } = await raw('POST', `/api/workflow/${name}`, JSON.stringify({ big: 'x'.repeat(11_000_000) }));
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual(
    refusal(
      500,
      expect.stringMatching(
        /^The payload size: 11\d{6} of workflow: .* is greater than the permissible limit: 10485760 bytes$/,
      ),
    ),
  );
});
