import { expect, test } from 'vitest';
import { bindGroup } from '../src/bind-group.ts';
import * as functions from '../src/generated/functions.gen.ts';
import { allOperations } from '../src/runtime/operation-table.ts';
import { recordingCaller } from './recording-caller.ts';

type Callable = (...args: unknown[]) => Promise<unknown>;

test('each operation is a method of its group, and as a function sends the same', async () => {
  const calls: unknown[][] = [];
  const caller = { execute: async (...args: unknown[]) => void calls.push(args) } as never;
  for (const { name } of allOperations()) {
    const [group = '', method = ''] = name.split('.');
    const fn = (functions as unknown as Record<string, Callable>)[
      group + method.charAt(0).toUpperCase() + method.slice(1)
    ];
    await (bindGroup(caller, group)[method] as Callable)({ a: 1 }, { timeoutMs: 1 });
    await fn?.(caller, { a: 1 }, { timeoutMs: 1 });
    const [one, other] = calls.splice(0);
    expect(one?.[0], name).toMatchObject({ name });
    expect(one, name).toEqual(other);
  }
});

test('a method without parameters takes its options first', async () => {
  const { caller, sent } = recordingCaller(() => new Response('3.30.0'));
  await (bindGroup(caller, 'version')['get'] as Callable)({ timeoutMs: 7 });
  expect(sent[0]?.init.call.timeoutMs).toBe(7);
});
