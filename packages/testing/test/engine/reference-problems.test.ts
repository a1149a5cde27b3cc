import { expect, test } from 'vitest';
import type { JsonMap } from '../../src/engine/json-map.ts';
import { anEngine, refusalOf, step } from './given.ts';

test.each<[string, JsonMap, string]>([
  ['in a text', { x: 'a ${nobody.output.y} b' }, 'taskReferenceName: nobody for given task: a input value: x of'],
  ['deep inside', { x: { y: ['${nobody}'] } }, 'taskReferenceName: nobody for given task: a input value: y of'],
  ['in a turn of a loop', { x: '${b__1.output}' }, 'taskReferenceName: b__1 for given task: a input value: x of'],
  ['with nothing in it', { x: '${}' }, 'key: x input parameter value:  is not valid'],
  ['with a space', { x: '${b .output}' }, 'key: x input parameter value: b .output is not valid'],
])('an input that names an unknown task is refused: %s', (_place, inputParameters, beginning) => {
  const { errors } = refusalOf(() => anEngine().engine.metadata.validateWorkflowDef(given(inputParameters)));
  expect(errors).toEqual([expect.stringMatching(`^${beginning}`)]);
});

test('inputs may name tasks of any place, the workflow, the own id, and escaped expressions', () => {
  const inputParameters = {
    a: '${b.output}',
    b: '${workflow.input.x}',
    c: '${CPEWF_TASK_ID}',
    d: '$${nobody.output}',
    e: "${b.output['x y']}",
    f: '${b.output.z[?(@.k > 1)]}',
    g: '${b.output }',
  };
  expect(() => anEngine().engine.metadata.validateWorkflowDef(given(inputParameters))).not.toThrow();
});

test('only the outermost steps are looked at, as the server does', () => {
  const nested = step('b', { inputParameters: { x: '${nobody.output}' } });
  const tasks = [step('l', { type: 'DO_WHILE', loopCondition: 'false', loopOver: [nested] })];
  expect(() => anEngine().engine.metadata.validateWorkflowDef({ name: 'w', tasks })).not.toThrow();
});

function given(inputParameters: JsonMap): JsonMap {
  return { name: 'w', tasks: [step('a', { inputParameters }), step('b')] };
}
