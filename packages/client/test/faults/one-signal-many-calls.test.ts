import { startConductorServer } from '@conductor-ts/testing';
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createConductorClient, noopLogger } from '../../src/index.ts';

test('five hundred calls under one signal make no warning, leave no listener, and all end with its reason', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  const warnings: Error[] = [];
  const keep = (warning: Error): void => void warnings.push(warning);
  process.on('warning', keep);
  const { signal, ...controller } = { ...controllerParts() };

  await Promise.all(Array.from({ length: 500 }, () => client.metadata.getTaskDefs({}, { signal })));
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);

  server.faults.stall({ path: '/api/metadata' });
  const calls = Array.from({ length: 500 }, () =>
    client.metadata.getTaskDefs({}, { signal }).catch((error: unknown) => error),
  );
  const reason = new Error('enough');
  controller.abort(reason);
  expect(new Set(await Promise.all(calls))).toEqual(new Set([reason]));
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', keep);
  expect(warnings).toEqual([]);
});

test('a call whose signal is aborted already sends nothing', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  const call = client.metadata.getTaskDefs({}, { signal: AbortSignal.abort('before') });
  await expect(call).rejects.toBe('before');
  expect(server.counts().requests).toBe(0);
});

function controllerParts(): { signal: AbortSignal; abort: (reason: unknown) => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}
