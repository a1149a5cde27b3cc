import { expect, test } from 'vitest';
import { bindGroups } from '../src/bind-groups.ts';
import { operations } from '../src/generated/operation-list.gen.ts';
import * as functions from '../src/generated/functions.gen.ts';
import { recordingCaller } from './recording-caller.ts';

test('each operation is a method of its group, and as a function sends the same', async () => {
  const calls: unknown[][] = [];
  const caller = { execute: async (...args: unknown[]) => void calls.push(args) } as never;
  const groups = bindGroups(caller, operations) as unknown as Record<
    string,
    Record<string, (...args: unknown[]) => Promise<unknown>>
  >;
  for (const { name } of operations) {
    const [group = '', method = ''] = name.split('.');
    const fn = (functions as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[
      group + method.charAt(0).toUpperCase() + method.slice(1)
    ];
    await groups[group]?.[method]?.({ a: 1 }, { timeoutMs: 1 });
    await fn?.(caller, { a: 1 }, { timeoutMs: 1 });
    const [one, other] = calls.splice(0);
    expect(one?.[0], name).toMatchObject({ name });
    expect(one, name).toEqual(other);
  }
});

test('a method without parameters takes its options first', async () => {
  const { caller, sent } = recordingCaller(() => new Response('3.30.0'));
  await bindGroups(caller, operations).version.get({ timeoutMs: 7 });
  expect(sent[0]?.init.call.timeoutMs).toBe(7);
});
