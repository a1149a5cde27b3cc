import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { proseDecisions, proseDecisionsIn } from '../src/prose-decisions.ts';

const root = resolve(import.meta.dirname, '../../..');

test('no rule of ours reads what a server says', () => {
  expect(proseDecisions(root)).toEqual([]);
});

test.each([
  `if (error.serverMessage.includes('not found')) retry();`,
  `if (error.serverMessage?.startsWith('Token')) refresh();`,
  `if (/expired/i.test(error.message)) refresh();`,
  `if (/expired/i.exec(String(error.message).toLowerCase()) !== null) refresh();`,
  `if (body['message'] === 'EXPIRED') refresh();`,
  `if ('EXPIRED' !== body.message) give();`,
  `if ((error as Error).message.match(/x/)) give();`,
  'if (/a/.test(`${code} ${error.message}`)) give();',
  `const again = (workflow.reasonForIncompletion ?? '').indexOf('later') >= 0;`,
  `switch (response.statusText) { default: give(); }`,
])('it is seen: %s', (source) => {
  expect(proseDecisionsIn('a.ts', source)).toHaveLength(1);
});

test.each([
  `if (error.code === 'EXPIRED_TOKEN') refresh();`,
  `if (message !== '') log(message);`,
  `if (error.message === '') log('no words');`,
  `throw new Error(error.message.slice(0, 600));`,
  `if (error.message === undefined) give();`,
  `if (name.includes('x')) give();`,
])('it is no decision by prose: %s', (source) => {
  expect(proseDecisionsIn('a.ts', source)).toEqual([]);
});

test('an exception is for one file and what is read there, and for nothing else', () => {
  const source = `export const a = /^bad/.test(raw.message);`;
  expect(proseDecisionsIn('packages/transport/src/exchange-error.ts', source)).toEqual([]);
  expect(proseDecisionsIn('packages/transport/src/call.ts', source)).toHaveLength(1);
});
