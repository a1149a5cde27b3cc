import { expect, test, vi } from 'vitest';
import { addLazyMembers } from '../src/add-lazy-members.ts';

test('a member is made when somebody asks for it, and once', () => {
  const make = vi.fn((name: string) => ({ name }));
  const made = addLazyMembers<object, { a: object; b: object }>({}, ['a', 'b'], make);
  expect(make).not.toHaveBeenCalled();
  expect(made.b).toBe(made.b);
  expect(make.mock.calls).toEqual([['b']]);
});

test('members are listed, copied and replaced as any other', () => {
  const made = addLazyMembers<{ own: number }, { a: string }>({ own: 1 }, ['a'], (name) => `made ${name}`);
  expect(Object.keys(made)).toEqual(['own', 'a']);
  expect({ ...made }).toEqual({ own: 1, a: 'made a' });
  made.a = 'other';
  expect(made.a).toBe('other');
});

test('an object that is frozen afterwards still makes its members', () => {
  const made = Object.freeze(addLazyMembers<object, { a: string }>({}, ['a'], () => 'made'));
  expect(made.a).toBe('made');
});
