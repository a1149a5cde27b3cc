import { expect, test } from 'vitest';
import type { ServerFamily } from '../../src/server-family.ts';
import { anOperation } from '../operations.ts';
import { json, recordingCaller } from '../recording-caller.ts';

const family = (known: ServerFamily) => ({
  family: { current: () => known, learn: () => Promise.resolve(known) },
});

test.each(['event.listActive', 'event.listWithCounts'])(
  'a list in place of what %s gives is the open-source server answering another question',
  async (name) => {
    const operation = anOperation({ name, server: 'orkes' });
    const answer = (): Response => json([]);
    await expect(recordingCaller(answer, family('oss')).caller.execute(operation, undefined)).rejects.toMatchObject({
      code: 'UNSUPPORTED_BY_SERVER',
      serverFamily: 'oss',
      operation: name,
    });
    expect(await recordingCaller(answer, family('orkes')).caller.execute(operation, undefined)).toEqual([]);
    expect(await recordingCaller(answer, family('unknown')).caller.execute(operation, undefined)).toEqual([]);
    expect(await recordingCaller(() => json({}), family('oss')).caller.execute(operation, undefined)).toEqual({});
  },
);

test('a list from any other operation is an answer', async () => {
  const operation = anOperation({ name: 'event.list', server: 'orkes' });
  expect(await recordingCaller(() => json([]), family('oss')).caller.execute(operation, undefined)).toEqual([]);
});
