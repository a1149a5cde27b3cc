import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { inStatus } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, outline, taskOf, workType } from '../../src/work.ts';

async function withSwitch(more: Partial<WorkflowTask> = {}): Promise<{ name: string; type: string }> {
  const type = await workType();
  const choice: WorkflowTask = {
    name: 'choose',
    taskReferenceName: 'sw',
    type: 'SWITCH',
    evaluatorType: 'value-param',
    expression: 'which',
    inputParameters: { which: '${workflow.input.which}' },
    decisionCases: { A: [simple(type, 'a1'), simple(type, 'a2')], EMPTY: [], '5': [simple(type, 'five')] },
    defaultCase: [simple(type, 'd')],
    ...more,
  };
  return { type, name: await registered([choice, simple(type, 'after')]) };
}

test('the case of a value is taken, and the steps after the switch come when it is through', async () => {
  const { name, type } = await withSwitch();
  const id = await started(name, { input: { which: 'A' } });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['sw COMPLETED', 'a1 SCHEDULED']);
  expect(taskOf(workflow, 'sw')).toMatchObject({
    taskType: 'SWITCH',
    taskDefName: 'SWITCH',
    inputData: { which: 'A', case: 'A', hasChildren: 'true' },
    outputData: { evaluationResult: ['A'], selectedCase: 'A' },
  });
  await complete(type);
  await complete(type);
  expect(outline(await execution(id))).toEqual(['sw COMPLETED', 'a1 COMPLETED', 'a2 COMPLETED', 'after SCHEDULED']);
});

test('a value without a case takes the default, and still is what was selected', async () => {
  const { name } = await withSwitch();
  const workflow = await execution(await started(name, { input: { which: 'Z' } }));
  expect(outline(workflow)).toEqual(['sw COMPLETED', 'd SCHEDULED']);
  expect(taskOf(workflow, 'sw').outputData).toEqual({ evaluationResult: ['Z'], selectedCase: 'Z' });
});

test('an empty case goes on behind the switch, and has no children', async () => {
  const { name } = await withSwitch();
  const workflow = await execution(await started(name, { input: { which: 'EMPTY' } }));
  expect(outline(workflow)).toEqual(['sw COMPLETED', 'after SCHEDULED']);
  expect(taskOf(workflow, 'sw').inputData).toEqual({ which: 'EMPTY', case: 'EMPTY' });
});

test.each([
  [5, 'five', '5'],
  [true, 'd', 'true'],
  [null, 'd', 'null'],
  [{ o: 1 }, 'd', '{o=1}'],
])('the value %j is compared as text', async (which, taken, selectedCase) => {
  const { name } = await withSwitch();
  const workflow = await execution(await started(name, { input: { which } }));
  expect(outline(workflow)).toEqual(['sw COMPLETED', `${taken} SCHEDULED`]);
  expect(taskOf(workflow, 'sw').outputData).toEqual({ evaluationResult: [selectedCase], selectedCase });
});

test('a script may choose', async () => {
  const { name } = await withSwitch({ evaluatorType: 'javascript', expression: "$.which > 1 ? 'A' : 5" });
  expect(outline(await execution(await started(name, { input: { which: 2 } })))).toContain('a1 SCHEDULED');
  expect(outline(await execution(await started(name, { input: { which: 1 } })))).toContain('five SCHEDULED');
});

test('a script that fails fails the workflow', async () => {
  const { name } = await withSwitch({ evaluatorType: 'javascript', expression: '$.which.x.y' });
  const workflow = await inStatus(await started(name, { input: { which: 1 } }), 'FAILED');
  const reason = "Error evaluating the script `TypeError: Cannot read property 'y' of undefined` at line 1";
  expect(taskOf(workflow, 'sw')).toMatchObject({ status: 'FAILED', reasonForIncompletion: reason, outputData: {} });
  expect(workflow.reasonForIncompletion).toContain(reason);
});

test('a switch with nothing to do ends its workflow', async () => {
  const step: WorkflowTask = {
    name: 'choose',
    taskReferenceName: 'sw',
    type: 'SWITCH',
    evaluatorType: 'value-param',
    expression: 'which',
    decisionCases: { A: [simple('never', 'a')] },
    inputParameters: { which: 'B' },
  };
  expect((await execution(await started(await registered([step])))).status).toBe('COMPLETED');
});
