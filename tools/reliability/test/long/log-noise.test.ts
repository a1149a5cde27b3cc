import { DefaultLogger } from '@conductor-ts/logger';
import { expect, test } from 'vitest';
import { openRig, startServer } from '../../src/rig.ts';
import { showLine } from '../../src/secrets.ts';

const POLLS_A_SECOND = 10;
const OUTAGE_SECONDS = 600;

test('ten minutes without a server under ten polls a second: the log has the first failure, a summary a minute with count and beginning, and the end', async () => {
  await using server = await startServer();
  let nowMs = Date.now();
  const lines: { atMs: number; text: string }[] = [];
  const write = (text: string): void => {
    lines.push({ atMs: nowMs, text });
    showLine(text);
  };
  const logger = new DefaultLogger({ env: {}, format: 'json', destination: { write }, now: () => nowMs });
  await using rig = await openRig(server.url, {
    config: { logger },
    retry: { now: () => nowMs, sleep: async () => undefined, retryBudget: {} },
  });
  /** A second of the client's time. */
  const pollForASecond = async (): Promise<void> => {
    const poll = (): Promise<unknown> => rig.client.task.poll({ tasktype: 'none' }).catch(() => undefined);
    await Promise.all(Array.from({ length: POLLS_A_SECOND }, poll));
    nowMs += 1_000;
  };
  await pollForASecond();
  lines.length = 0;
  server.faults.refuseConnections();
  server.faults.closeIdleConnections();
  await expect.poll(() => server.connections().length).toBe(0);
  const beganMs = nowMs;
  for (let second = 0; second < OUTAGE_SECONDS; second += 1) await pollForASecond();
  await server.faults.acceptConnections();
  for (let second = 0; second < 15; second += 1) await pollForASecond();

  const entries = lines.map(({ atMs, text }) =>
    Object.assign(JSON.parse(text) as { message: string }, { second: (atMs - beganMs) / 1_000 }),
  );
  const of = (message: RegExp): typeof entries => entries.filter((entry) => message.test(entry.message));
  expect(of(/cannot be reached/)).toMatchObject([{ second: 0, level: 'warn' }]);
  expect(of(/^Calls still fail/)).toMatchObject(
    Array.from({ length: 9 }, (_, index) => ({
      second: 60 * (index + 1),
      failed: 60 * (index + 1) * POLLS_A_SECOND + 1,
      sinceMs: 60_000 * (index + 1),
    })),
  );
  // Ten seconds without a failure: only then it has recovered.
  const failed = OUTAGE_SECONDS * POLLS_A_SECOND;
  expect(of(/^Calls succeed again/)).toMatchObject([{ second: 609, level: 'info', failed, afterMs: 599_000 }]);
  // The budget tells of its end and its return, in the same moments.
  expect(of(/^Retry budget/)).toHaveLength(2);
  expect(entries).toHaveLength(13);
});
