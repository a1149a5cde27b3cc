import { expect, test } from 'vitest';
import { registered, started } from '../../src/given.ts';
import { execution, taskOf } from '../../src/work.ts';

async function evaluated(inputParameters: Record<string, unknown>): Promise<{ status: unknown; task: unknown }> {
  const step = { name: 'inline', taskReferenceName: 'i', type: 'INLINE', inputParameters };
  const workflow = await execution(await started(await registered([step])));
  return { status: workflow.status, task: taskOf(workflow, 'i') };
}

const GIVEN = { n: 4, o: { x: 1 }, list: [1, 2] };

const script = (expression: string): Record<string, unknown> => ({
  evaluatorType: 'javascript',
  expression,
  ...GIVEN,
});

test.each<[string, unknown]>([
  ['$.n + 1', 5],
  ['1 / 2', 0.5],
  ['1.0', 1],
  ['2147483648', 2_147_483_648],
  ['"s" + $.o.x', 's1'],
  ['$.n > 3', true],
  ['null', null],
  ['undefined', null],
  ['$.none', null],
  ['$.o', { x: 1 }],
  ['$.list.length', 2],
  ['[1, 2, 3].map((x) => x * 2)', [2, 4, 6]],
  ['(function () { return { a: $.n, b: null, c: undefined }; })()', { a: 4, b: null, c: null }],
  ['function twice() { return $.n * 2; } twice();', 8],
  ['let y = 6; y', 6],
  ['0 / 0', 'NaN'],
  ['new Map([[1, 2]])', { 1: 2 }],
  ['BigInt(5)', 5],
])('the result of %s', async (expression, result) => {
  expect(await evaluated(script(expression))).toMatchObject({
    status: 'COMPLETED',
    task: { status: 'COMPLETED', taskType: 'INLINE', taskDefName: 'inline', outputData: { result } },
  });
});

test('a value may be passed on without a script', async () => {
  expect(await evaluated({ evaluatorType: 'value-param', expression: 'v', v: [3] })).toMatchObject({
    status: 'COMPLETED',
    task: { outputData: { result: [3] } },
  });
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'calls what is not there',
    script('nope()'),
    'Error evaluating the script `ReferenceError: nope is not defined` at line 1',
  ],
  [
    'writes to a console',
    script('console.log(1)'),
    'Error evaluating the script `ReferenceError: console is not defined` at line 1',
  ],
  ['throws', script('throw new Error("my words")'), 'Error evaluating the script `Error: my words`'],
  [
    'reads nothing',
    script('$.none.x'),
    "Error evaluating the script `TypeError: Cannot read property 'x' of undefined` at line 1",
  ],
  ['has no evaluator', { evaluatorType: 'nope', expression: '1' }, "Unknown evaluator 'nope' in INLINE task."],
  [
    'is not there',
    { evaluatorType: 'javascript', expression: '' },
    "Empty 'expression' in Inline task's input parameters. A non-empty String value must be provided.",
  ],
])('a script that %s fails for good, and says why', async (_what, inputParameters, reason) => {
  expect(await evaluated(inputParameters)).toMatchObject({
    status: 'FAILED',
    task: {
      status: 'FAILED_WITH_TERMINAL_ERROR',
      reasonForIncompletion: reason,
      outputData: { error: reason },
    },
  });
});

test('a script that is none at all fails as well', async () => {
  expect(await evaluated(script('if ('))).toMatchObject({
    status: 'FAILED',
    task: {
      status: 'FAILED_WITH_TERMINAL_ERROR',
      reasonForIncompletion: expect.stringMatching(/^Error evaluating the script `SyntaxError: /) as string,
    },
  });
});
