import { startConductorServer } from '@conductor-ts/testing';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createConductorClient } from '../../src/index.ts';
import { keepingLogger } from '../keeping-logger.ts';

const KEY_ID = 'marker-key-id-8255';
const SECRET = 'marker-secret-4711';

function everyForm(error: unknown): string {
  return [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), String(error)].join('\n');
}

test('no fault lets the secret or a token into an error or a log line', async () => {
  await using server = await startConductorServer({ mode: 'orkes', keys: [{ keyId: KEY_ID, keySecret: SECRET }] });
  const { lines, logger } = keepingLogger();
  const client = await createConductorClient(
    { serverUrl: server.url, keyId: KEY_ID, keySecret: SECRET, useEnvVars: false, logger },
    undefined,
    { retry: { initialRetryDelay: 2 } },
  );
  const token = (await client.getAuthenticationHeaders())?.['X-Authorization'] ?? 'none';
  const echo = {
    status: 400,
    message: `refused ${token} of ${SECRET}`,
    validationErrors: [{ path: 'x', message: token }],
  };
  const { faults } = server;
  const troubles: (() => unknown)[] = [
    () => faults.answer(400, { times: 1, body: echo }),
    () => faults.answer(502, { times: 1, body: `<html>${token}</html>` }),
    () =>
      faults.answer(200, {
        times: 1,
        body: `{"cut": "${token} ${SECRET}`,
        headers: { 'content-type': 'application/json' },
      }),
    () => faults.answer(200, { times: 1, body: `<html>${SECRET}</html>`, headers: { 'content-type': 'text/html' } }),
    () => faults.answer(403, { times: 1 }),
    () => faults.resetConnections({ times: 4 }),
    () => faults.loseAnswers({ times: 4 }),
    () => faults.truncateAnswers({ times: 4 }),
    () => faults.add({ times: 4, fault: { kind: 'garbage' } }),
    () => faults.rejectTokens('SOMETHING_ELSE'),
    () => faults.answer(401, { times: 6 }),
  ];
  const shown: string[] = [];
  for (const trouble of troubles) {
    trouble();
    await client.workflow.start({ body: { name: 'w', input: { a: 1 } } }).catch((error: unknown) => {
      shown.push(everyForm(error));
    });
    await faults.clear();
  }
  server.faults.stall();
  await client.metadata.getTaskDefs({}, { timeoutMs: 30 }).catch((error: unknown) => shown.push(everyForm(error)));
  await client.close({ timeoutMs: 0 });

  expect(shown.length).toBeGreaterThan(9);
  const last = (await client.getAuthenticationHeaders().catch(() => null))?.['X-Authorization'] ?? 'none';
  for (const text of [...shown, ...lines]) {
    for (const marker of [SECRET, token, last]) expect(text).not.toContain(marker);
  }
  expect(Math.max(...shown.map((text) => text.length))).toBeLessThan(3 * 4096);
});
