import { expect, test } from 'vitest';
import { unique } from '../../src/contract.ts';
import { api, definition, simple } from '../../src/given.ts';
import { invalid, refused } from '../../src/refusals.ts';

const AT = 'registerWorkflowDef.arg0';

/** One step that is refused, and where and why. */
type Row = [step: object, ...problems: [place: string, message: string][]];

const required = (field: string, type: string): string =>
  `${field} field is required for taskType: ${type} taskName: s`;
const some = (field: string, type: string): string =>
  `${field} should have atleast one task for taskType: ${type} taskName: s`;
const NO_NAME = 'WorkflowTask name cannot be empty or null';
const NO_REF = 'WorkflowTask taskReferenceName name cannot be empty or null';
const BAD_END =
  'terminate task must have an terminationStatus parameter and must be set to COMPLETED or FAILED, taskName: s';
const nested = (more: object): object => ({ type: 'SWITCH', evaluatorType: 'value-param', expression: 'p', ...more });
const input = (type: string, inputParameters: object): object => ({ type, inputParameters });

test.each<Row>([
  [{ name: undefined }, ['.tasks[0].name', NO_NAME]],
  [{ taskReferenceName: undefined }, ['.tasks[0].taskReferenceName', NO_REF]],
  [
    { type: 'SWITCH' },
    ['.tasks[0]', some('decisionCases', 'SWITCH')],
    ['.tasks[0]', required('evaluatorType', 'SWITCH')],
  ],
  [
    { type: 'SWITCH', evaluatorType: 'value-param' },
    ['.tasks[0]', some('decisionCases', 'SWITCH')],
    ['.tasks[0]', required('expression', 'SWITCH')],
  ],
  [
    nested({ decisionCases: { A: [{}] } }),
    ['.tasks[0].decisionCases[A].<map value>[0].name', NO_NAME],
    ['.tasks[0].decisionCases[A].<map value>[0].taskReferenceName', NO_REF],
  ],
  [
    nested({ decisionCases: { A: [] }, defaultCase: [{ name: 'x' }] }),
    ['.tasks[0].defaultCase[0].taskReferenceName', NO_REF],
  ],
  [
    { type: 'DECISION' },
    ['.tasks[0]', some('decisionCases', 'DECISION')],
    ['.tasks[0]', required('caseValueParam or caseExpression', 'DECISION')],
  ],
  [{ type: 'FORK_JOIN' }, ['.tasks[0]', some('forkTasks', 'FORK_JOIN')]],
  [
    { type: 'FORK_JOIN', forkTasks: [[{ name: 'x' }]] },
    ['.tasks[0].forkTasks[0].<list element>[0].taskReferenceName', NO_REF],
  ],
  [
    { type: 'FORK_JOIN_DYNAMIC' },
    ['.tasks[0]', required('dynamicForkTasksInputParamName', 'FORK_JOIN_DYNAMIC')],
    ['.tasks[0]', required('dynamicForkTasksParam', 'FORK_JOIN_DYNAMIC')],
  ],
  [
    { type: 'DO_WHILE' },
    ['.tasks[0]', required('loopCondition', 'DO_WHILE')],
    ['.tasks[0]', required('loopOver', 'DO_WHILE')],
  ],
  [{ type: 'DYNAMIC' }, ['.tasks[0]', required('dynamicTaskNameParam', 'DYNAMIC')]],
  [{ type: 'SUB_WORKFLOW' }, ['.tasks[0]', required('subWorkflowParam', 'SUB_WORKFLOW')]],
  [{ type: 'EVENT' }, ['.tasks[0]', required('sink', 'EVENT')]],
  [{ type: 'HTTP' }, ['.tasks[0]', required('inputParameters.http_request or inputParameters.uri', 'HTTP')]],
  [{ type: 'KAFKA_PUBLISH' }, ['.tasks[0]', required('inputParameters.kafka_request', 'KAFKA_PUBLISH')]],
  [{ type: 'JSON_JQ_TRANSFORM' }, ['.tasks[0]', required('inputParameters.queryExpression', 'JSON_JQ_TRANSFORM')]],
  [{ type: 'TERMINATE' }, ['.tasks[0]', BAD_END]],
  [input('TERMINATE', { terminationStatus: '${workflow.input.status}' }), ['.tasks[0]', BAD_END]],
  [
    { ...input('TERMINATE', { terminationStatus: 'FAILED' }), optional: true },
    ['.tasks[0]', 'terminate task cannot be optional, taskName: s'],
  ],
  [
    input('WAIT', { duration: '1s', until: '2030-01-01' }),
    ['.tasks[0]', "Both 'duration' and 'until' specified. Please provide only one input"],
  ],
  [input('WAIT', { duration: 'soon' }), ['.tasks[0]', 'Either date or duration is passed as null ']],
  [input('WAIT', { until: 'soon' }), ['.tasks[0]', 'Unable to parse date ']],
])('a step %j is refused', async (step, ...problems) => {
  const tasks = [{ name: 's', taskReferenceName: 's', type: 'SIMPLE', ...step }];
  const places = problems.map(([place, message]): [string, string] => [AT + place, message]);
  expect(await refused('POST /api/metadata/workflow', { name: unique('wf'), tasks })).toEqual(invalid(...places));
});

test.each([
  [
    { type: 'DO_WHILE', loopCondition: 'false', loopOver: [{ name: 'x', taskReferenceName: 'x', type: 'HTTP' }] },
    'what is in a loop is not looked at',
  ],
  [input('WAIT', { duration: '${workflow.input.d}' }), 'an expression may turn out well'],
  [input('TERMINATE', { terminationStatus: 'TERMINATED' }), 'whatever the message says'],
  [{ type: 'FORK_JOIN_DYNAMIC', dynamicForkJoinTasksParam: 'x' }, 'the old form'],
  [{ type: 'made_up' }, 'a type for workers'],
])('a step %j is taken: %s', async (step) => {
  const tasks = [{ name: 's', taskReferenceName: 's', ...step }];
  expect(await api('POST', '/metadata/workflow', { name: unique('wf'), tasks })).toMatchObject({ status: 200 });
});

test.each<[string, object, [string, string, string?][]]>([
  ['no steps', { tasks: [] }, [[`${AT}.tasks`, 'WorkflowTask list cannot be empty']]],
  [
    'neither name nor steps',
    { name: undefined, tasks: [] },
    [
      [`${AT}.name`, 'WorkflowDef name cannot be null or empty'],
      [`${AT}.tasks`, 'WorkflowTask list cannot be empty'],
    ],
  ],
  [
    'another schema',
    { schemaVersion: 3 },
    [[`${AT}.schemaVersion`, 'workflowDef schemaVersion: 2 is only supported', '3']],
  ],
  [
    'two steps of one name',
    { tasks: [simple('t', 'a'), simple('t', 'a')] },
    [[AT, 'taskReferenceName: a should be unique across tasks for a given workflowDefinition: w']],
  ],
])('a definition with %s is refused', async (_, more, problems) => {
  const body = { ...definition('w', [simple('t', 'a')]), ...more };
  expect(await refused('POST /api/metadata/workflow', body)).toEqual(invalid(...problems));
});

test.each([
  [
    'x',
    'a ${nobody.output} b',
    'taskReferenceName: nobody for given task: t input value: x of input parameter: a ${nobody.output} b is not defined in workflow definition.',
  ],
  [
    'x',
    ['${b__1.output}'],
    'taskReferenceName: b__1 for given task: t input value: x of input parameter: ${b__1.output} is not defined in workflow definition.',
  ],
  ['x', { deep: '${no one}' }, 'key: deep input parameter value: no one is not valid'],
])('an input %s of %j names nothing that is there', async (key, value, message) => {
  const tasks = [simple('t', 'a', { inputParameters: { [key]: value } }), simple('t', 'b')];
  expect(await refused('POST /api/metadata/workflow', definition('w', tasks))).toEqual(invalid([AT, message]));
});

test('inputs may name any task, the workflow, the own id, and escaped expressions', async () => {
  const inputParameters = {
    a: '${b.output.x[0].y}',
    b: '${workflow.input.x}',
    c: '${CPEWF_TASK_ID}',
    d: '$${nobody.x}',
  };
  const body = definition(unique('wf'), [simple('t', 'a', { inputParameters }), simple('t', 'b')]);
  expect(await api('POST', '/metadata/workflow', body)).toMatchObject({ status: 200 });
});

test('updates and validations are checked in the same way, under their own names', async () => {
  const message = 'WorkflowTask list cannot be empty';
  expect(await refused('POST /api/metadata/workflow/validate', { name: 'w', tasks: [] })).toEqual(
    invalid(['validateWorkflowDef.arg0.tasks', message]),
  );
  expect(
    await refused('PUT /api/metadata/workflow', [definition('w', [simple('t', 'a')]), { name: 'w', tasks: [] }]),
  ).toEqual(invalid(['updateWorkflowDef.arg0[1].tasks', message]));
  expect(await refused('PUT /api/metadata/workflow', [])).toEqual(
    invalid(['updateWorkflowDef.arg0', 'WorkflowDefList is empty']),
  );
});
