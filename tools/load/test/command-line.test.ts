import { expect, test } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';

test('without words, a thousand starts over HTTP/1.1, 64 at a time', () => {
  expect(parseCommandLine([])).toEqual({
    do: 'load',
    options: { starts: 1000, inFlight: 64, kill: false, http2: false, compression: false, nginx: false },
  });
});

test('the first `--`, which pnpm hands on, is no word', () => {
  expect(parseCommandLine(['--', '--starts', '5', '--kill'])).toMatchObject({ options: { starts: 5, kill: true } });
});

test('the short form can leave nginx out', () => {
  expect(parseCommandLine(['--short', '--without-nginx'])).toEqual({ do: 'short', withoutNginx: true });
});

test.each([
  [['--starts', '0'], '--starts takes a whole number from 1.'],
  [['--in-flight', 'many'], '--in-flight takes a whole number from 1.'],
  [['--http2', '--nginx'], 'what stands before it'],
  [['--fast'], '--fast'],
  [['all'], 'all'],
])('%j is refused with a reason and the usage', (words, reason) => {
  expect(() => parseCommandLine(words)).toThrow(reason);
  expect(() => parseCommandLine(words)).toThrow('pnpm load [options]');
});
