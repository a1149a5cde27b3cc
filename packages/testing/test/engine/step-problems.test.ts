import { expect, test } from 'vitest';
import type { JsonMap } from '../../src/engine/json-map.ts';
import { anEngine, refusalOf, step } from './given.ts';

test.each<[string, JsonMap, string[]]>([
  ['a SWITCH without anything', { type: 'SWITCH' }, ['decisionCases', 'evaluatorType']],
  ['a fork without branches', { type: 'FORK_JOIN' }, ['forkTasks']],
  ['an HTTP task without a request', { type: 'HTTP' }, ['inputParameters.http_request or inputParameters.uri']],
  ['a JQ task without a query', { type: 'JSON_JQ_TRANSFORM' }, ['inputParameters.queryExpression']],
  [
    'a dynamic fork without parameters',
    { type: 'FORK_JOIN_DYNAMIC' },
    ['dynamicForkTasksInputParamName', 'dynamicForkTasksParam'],
  ],
  [
    'a dynamic fork with both kinds of parameters',
    {
      type: 'FORK_JOIN_DYNAMIC',
      dynamicForkJoinTasksParam: 'a',
      dynamicForkTasksParam: 'b',
      dynamicForkTasksInputParamName: 'c',
    },
    ['dynamicForkJoinTasksParam or combination'],
  ],
  ['a TERMINATE without a status', { type: 'TERMINATE' }, ['terminate task must have']],
  [
    'a TERMINATE whose status is an expression',
    { type: 'TERMINATE', inputParameters: { terminationStatus: '${workflow.input.status}' } },
    ['terminate task must have'],
  ],
  [
    'an optional TERMINATE',
    { type: 'TERMINATE', optional: true, inputParameters: { terminationStatus: 'FAILED' } },
    ['terminate task cannot be optional'],
  ],
  ['a WAIT for nonsense', { type: 'WAIT', inputParameters: { duration: 'soon' } }, ['Either date or duration']],
  ['a WAIT until nonsense', { type: 'WAIT', inputParameters: { until: 'soon' } }, ['Unable to parse date']],
])('%s is refused', (_name, more, beginnings) => {
  const { errors } = refusalOf(() => anEngine().engine.metadata.validateWorkflowDef(workflow(step('s', more))));
  expect([...errors].sort().map((message, index) => message.startsWith(beginnings[index] ?? '-'))).toEqual(
    beginnings.map(() => true),
  );
});

test('what a task definition brings as input template need not be in the step', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 's', inputTemplate: { http_request: {} } }]);
  expect(() => engine.metadata.validateWorkflowDef(workflow(step('s', { type: 'HTTP' })))).not.toThrow();
});

function workflow(...tasks: JsonMap[]): JsonMap {
  return { name: 'w', tasks };
}
