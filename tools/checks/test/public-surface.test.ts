import { expect, test } from 'vitest';
import { firstDifference } from '../src/first-difference.ts';
import { publicSurface } from '../src/public-surface.ts';

const BEFORE = `
import { A } from 'a';
/** Says something. */
interface Options {
  /** In milliseconds. */
  timeoutMs?: number;
  /** @deprecated Use timeoutMs. */
  timeout?: number;
}
export declare const make: (options: Options) => void;
interface Hidden { x: 1; }
declare class B$1 {}
//# mapped
export { A, type Options, B$1 as B };
`;

test('the surface is all declarations by name, without their comments', () => {
  expect(publicSurface('index.d.ts', BEFORE)).toBe(
    [
      `import { A } from 'a';`,
      '// exported as B\ndeclare class B$1 {}',
      '// seen only through others\ninterface Hidden { x: 1; }',
      '// exported\ninterface Options {\n  timeoutMs?: number;\n  /** @deprecated */\n  timeout?: number;\n}',
      '// exported\ndeclare const make: (options: Options) => void;',
      '// exported from other packages\nA',
    ].join('\n\n'),
  );
});

test.each([
  ['a member gets another type', ['timeoutMs?: number', 'timeoutMs?: string']],
  ['a name is gone', ['export declare const make', 'declare const make']],
  ['a name is new', ['interface Hidden', 'export interface Hidden']],
  ['a name is deprecated', ['/** In milliseconds. */', '/** @deprecated */']],
  ['a name comes from another package', [`from 'a'`, `from 'b'`]],
])('%s: the report changes', (_, [from = '', to = '']) => {
  expect(publicSurface('index.d.ts', BEFORE.replace(from, to))).not.toBe(publicSurface('index.d.ts', BEFORE));
});

test.each([
  ['a comment', ['Says something', 'Says something else']],
  [
    'the order',
    ['interface Hidden { x: 1; }\ndeclare class B$1 {}', 'declare class B$$1 {}\ninterface Hidden { x: 1; }'],
  ],
])('%s changes: the report stays', (_, [from = '', to = '']) => {
  expect(publicSurface('index.d.ts', BEFORE.replace(from, to))).toBe(publicSurface('index.d.ts', BEFORE));
});

test('the difference is shown from its first line on', () => {
  expect(firstDifference('a\nb\nc', 'a\nx\nc')).toBe('line 2:\n- b\n- c\n+ x\n+ c');
});
