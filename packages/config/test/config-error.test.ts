import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigError, resolveOrkesConfig, SETTINGS } from '../src/index.ts';

const problems = [{ setting: 'keyId', trouble: 'it is set without keySecret', advice: 'Set both.' }];

test('the message has one line per fault: setting, trouble, advice', () => {
  const error = new ConfigError([...problems, { setting: 'a', trouble: 'b', advice: 'c.' }]);
  expect(error.message).toBe('keyId: it is set without keySecret. Set both.\na: b. c.');
  expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', hint: expect.any(String) as unknown });
});

test('its faults cannot be changed', () => {
  const { problems: kept } = new ConfigError(problems);
  expect([Object.isFrozen(kept), Object.isFrozen(kept[0])]).toEqual([true, true]);
});

test('JSON has name, code, message, hint and the faults', () => {
  expect(JSON.parse(JSON.stringify(new ConfigError(problems)))).toEqual({
    name: 'ConfigError',
    code: 'CONFIG_INVALID',
    message: 'keyId: it is set without keySecret. Set both.',
    hint: 'Correct the settings named in the message.',
    problems,
  });
});

test('an error of another copy of the package is an instance too', async () => {
  const secondCopy = '../src/config-error.ts?copy'; // the query makes it a module of its own
  const copy = (await import(/* @vite-ignore */ secondCopy)) as {
    ConfigError: typeof ConfigError;
  };
  expect(copy.ConfigError).not.toBe(ConfigError);
  expect(new copy.ConfigError(problems)).toBeInstanceOf(ConfigError);
  expect(new ConfigError(problems)).toBeInstanceOf(copy.ConfigError);
});

test('other errors and other values are no instance', () => {
  const sibling = Object.defineProperty(new Error('x'), Symbol.for('@conductor-ts/error'), { value: ['TimeoutError'] });
  for (const value of [sibling, new Error('x'), {}, null, undefined, 'ConfigError'])
    expect(value).not.toBeInstanceOf(ConfigError);
});

test('a subclass is told by its prototype', () => {
  class Stricter extends ConfigError {}
  expect(new Stricter(problems)).toBeInstanceOf(ConfigError);
  expect(new Stricter(problems)).toBeInstanceOf(Stricter);
  expect(new ConfigError(problems)).not.toBeInstanceOf(Stricter);
});

test('an error with every fault there is stays small when it is inspected', () => {
  const env = Object.fromEntries(SETTINGS.map(({ variable }) => [variable, '-\u0000-'.repeat(1_000)]));
  let error: unknown;
  try {
    resolveOrkesConfig({}, { env });
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(ConfigError);
  expect(inspect(error, { depth: null }).length).toBeLessThan(4_096);
});
