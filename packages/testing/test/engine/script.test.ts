import { expect, test } from 'vitest';
import { runScript, ScriptError } from '../../src/engine/script.ts';

test('a script gives its last value, whatever the form', () => {
  expect(runScript("if ($.n['x'] > 1) { true; } else { false; }", { n: { x: 2 } }, 500)).toBe(true);
  expect(runScript('function e() { return $.a.concat([3]); } e();', { a: [1] }, 500)).toEqual([1, 3]);
  expect(runScript('undefined', {}, 500)).toBeNull();
});

test('a script reaches nothing of the process it runs in', () => {
  expect(runScript('typeof process + typeof require + typeof fetch', {}, 500)).toBe('undefinedundefinedundefined');
  expect(() => runScript("$.constructor.constructor('return process')()", {}, 500)).toThrow(ScriptError);
  expect(() => runScript("this.constructor.constructor('return process')()", {}, 500)).toThrow(ScriptError);
});

test('what goes wrong is told in the words of the server, with the line', () => {
  expect(() => runScript('\nnope()', {}, 500)).toThrow(
    'Error evaluating the script `ReferenceError: nope is not defined` at line 2',
  );
  expect(() => runScript('$.none.x', {}, 500)).toThrow(
    "Error evaluating the script `TypeError: Cannot read property 'x' of undefined` at line 1",
  );
});

test('what JSON cannot say is null, the name of a number, or an empty object', () => {
  expect(runScript('({ u: undefined, n: 0 / 0, i: 1 / 0, f() {}, d: new Date(0) })', {}, 500)).toEqual({
    u: null,
    n: 'NaN',
    i: 'Infinity',
    f: {},
    d: {},
  });
  expect(runScript('new Map([[1, 2]])', {}, 500)).toEqual({ 1: 2 });
  expect(() => runScript('var a = {}; a.a = a; a', {}, 500)).toThrow('cannot be written as JSON');
});

test('a script leaves nothing behind for the next one', () => {
  runScript('var left = 1; const alsoLeft = 2; Object.prototype.left = 3;', {}, 500);
  expect(runScript('typeof left + ({}).left', {}, 500)).toBe('undefinedundefined');
});

test('a script that does not end is stopped', () => {
  expect(() => runScript('for (;;) {}', {}, 20)).toThrow(/timed out/);
  expect(() => runScript('({ toJSON() { for (;;) {} } })', {}, 20)).toThrow(ScriptError);
});

test('what a script throws becomes a message, even when it is no error', () => {
  expect(() => runScript('throw new Error("boom")', {}, 500)).toThrow('Error evaluating the script `Error: boom`');
  expect(() => runScript('throw "text"', {}, 500)).toThrow('text');
  expect(() => runScript('throw { toString() { throw 1; } }', {}, 500)).toThrow('The script failed');
  expect(() => runScript('if (', {}, 500)).toThrow(ScriptError);
});
