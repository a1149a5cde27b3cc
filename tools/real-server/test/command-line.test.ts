import { expect, test } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';

test('run takes the command after the dashes, with its own options left alone', () => {
  expect(parseCommandLine(['run', '--http2', '--', 'vitest', 'run', '--reporter=dot'])).toEqual({
    command: { do: 'run', command: 'vitest', args: ['run', '--reporter=dot'] },
    options: { http2: true, compression: undefined },
  });
});

test('run takes the command also where pnpm swallowed the dashes', () => {
  expect(parseCommandLine(['run', 'node', 'main.ts']).command).toEqual({
    do: 'run',
    command: 'node',
    args: ['main.ts'],
  });
});

test('words that make no sense are answered with the usage', () => {
  expect(() => parseCommandLine(['dance'])).toThrow(/real-server start/);
  expect(() => parseCommandLine(['run'])).toThrow(/real-server run -- COMMAND/);
});
