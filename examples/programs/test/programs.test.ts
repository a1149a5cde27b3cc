import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../src');

/** What each program prints, on either server. */
const OUTPUT: Readonly<Record<string, string>> = {
  'start-and-wait.ts': 'COMPLETED Hello Ada\n',
  'worker-loop.ts': 'done\n',
  'search.ts': '5 of 5 completed\n',
  'errors.ts': '404 NOT_FOUND workflow.start\nINVALID_REQUEST workflowId\nNOT_FOUND\n',
  'own-token.ts': 'string 1\n',
  'own-fetch.ts': 'GET /health 200\n',
};

let server: ConductorTestServer | undefined;
let url: string;
beforeAll(async () => {
  if (process.env['EXAMPLES_SERVER'] === 'real') {
    const given = process.env['CONDUCTOR_SERVER_URL'];
    if (given === undefined) throw new Error('Set CONDUCTOR_SERVER_URL to the server to run the examples on.');
    url = given;
  } else {
    server = await startConductorServer();
    url = server.url;
  }
});
afterAll(() => server?.close());

test('every program is run here, and listed in the README', () => {
  const programs = readdirSync(folder).toSorted();
  expect(Object.keys(OUTPUT).toSorted()).toEqual(programs);
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  expect(programs.filter((program) => !readme.includes(`(src/${program})`))).toEqual([]);
});

test.for(Object.entries(OUTPUT))('%s prints what it should', async ([program, output]) => {
  const env = { PATH: process.env['PATH'] ?? '', CONDUCTOR_SERVER_URL: url, CONDUCTOR_LOG_LEVEL: 'error' };
  const args = ['--conditions=@conductor-ts/source', join(folder, program)];
  const { stdout } = await run(process.execPath, args, { env, timeout: 60_000 });
  expect(stdout).toBe(output);
});
