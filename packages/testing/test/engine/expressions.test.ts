import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveMap, resolveValue } from '../../src/engine/expressions.ts';
import type { JsonMap } from '../../src/engine/json-map.ts';
import { anEngine, complete, polled, started, step } from './given.ts';

const scope = (root: string): unknown =>
  root === 'a' ? { output: { n: 5, t: 'text', list: [1, { deep: true }], map: { x: 1 }, none: null } } : undefined;

test('an expression that is the whole text keeps the type of the value', () => {
  const values = resolveMap(
    { n: '${a.output.n}', list: '${a.output.list}', map: '${a.output.map}', all: '${a.output}' },
    scope,
  );
  expect(values).toEqual({
    n: 5,
    list: [1, { deep: true }],
    map: { x: 1 },
    all: { n: 5, t: 'text', list: [1, { deep: true }], map: { x: 1 }, none: null },
  });
});

test('within a longer text the value is spliced in', () => {
  expect(resolveValue('pre-${a.output.n}-post ${a.output.t}', scope)).toBe('pre-5-post text');
});

test('what cannot be resolved is null, as a whole and as a word within a text', () => {
  expect(
    resolveMap({ whole: '${nope.output.x}', part: 'x${nope.output.x}y', none: '${a.output.none}' }, scope),
  ).toEqual({ whole: null, part: 'xnully', none: null });
});

test('a doubled dollar sign escapes', () => {
  expect(resolveValue('$${a.output.n}', scope)).toBe('${a.output.n}');
});

test('lists are reached by index, names with dots in brackets, and all entries by a star', () => {
  expect(resolveValue('${a.output.list[1].deep}', scope)).toBe(true);
  expect(resolveValue("${a.output['map'].x}", scope)).toBe(1);
  expect(resolveValue('${a.output.list[*]}', scope)).toEqual([1, { deep: true }]);
});

test('entries are chosen by a slice, by several names and by a condition, and from any depth', () => {
  const at = (path: string): unknown =>
    resolveValue(`\${a.output.${path}}`, (root) => (root === 'a' ? { output: stock } : undefined));
  const stock = { fruit: [{ n: 'fig', kg: 1 }, { n: 'pear', kg: 3 }, { n: 'plum' }], x: 1, y: 2 };
  expect(at('fruit[0:2].n')).toEqual(['fig', 'pear']);
  expect(at('fruit[-1].n')).toBe('plum');
  expect(at("['x','y']")).toEqual([1, 2]);
  expect(at('fruit[?(@.kg > 1)].n')).toEqual(['pear']);
  expect(at("fruit[?(@.kg && @.n == 'fig' || @.n == 'plum')].n")).toEqual(['fig', 'plum']);
  expect(at('.kg')).toEqual([1, 3]);
  expect(at('fruit.length()')).toBe(3);
  expect(at('fruit[*].kg')).toEqual([1, 3]);
  expect(at('fruit[?(nonsense)].n')).toBeNull();
});

test('an expression within a path chooses where it leads', () => {
  expect(
    resolveValue('${a.output.${a.output.t}}', (root) => (root === 'a' ? { output: { t: 'x', x: 9 } } : undefined)),
  ).toBe(9);
});

test('nothing between the braces is an empty text, and braces that never close are no expression', () => {
  expect(resolveValue('${}', scope)).toBe('');
  expect(resolveValue('${a.output.n', scope)).toBe('${a.output.n');
});

test('expressions are found at any depth', () => {
  expect(resolveValue({ x: [{ y: '${a.output.n}' }] }, scope)).toEqual({ x: [{ y: 5 }] });
});

test('a text without an expression is never changed', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes('${')),
      (text) => resolveValue(text, scope) === text,
    ),
  );
});

test('resolving never throws, whatever is between the braces', () => {
  fc.assert(fc.property(fc.string(), (path) => void resolveValue(`\${${path}}`, scope)));
});

test('a task sees the input, variables and identity of its workflow, and its own id', () => {
  const { engine } = anEngine();
  const id = started(
    engine,
    [
      step('a', {
        inputParameters: {
          deep: '${workflow.input.u.v[0]}',
          who: '${workflow.variables.who}',
          wf: '${workflow.workflowId}',
          status: '${workflow.status}',
          me: '${CPEWF_TASK_ID}',
          corr: '${workflow.correlationId}',
          name: '${workflow.workflowType}',
          version: '${workflow.version}',
          nothing: null,
        },
      }),
    ],
    { def: { variables: { who: 'me' } }, request: { input: { u: { v: [7] } }, correlationId: 'c1' } },
  );
  const task = polled(engine, 'a');
  expect(task.inputData).toEqual({
    deep: 7,
    who: 'me',
    wf: id,
    status: 'RUNNING',
    me: task.taskId,
    corr: 'c1',
    name: 'w',
    version: 1,
    nothing: null,
  });
});

test('the input template of a task definition lies below the parameters of the step', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', inputTemplate: { x: 1, y: 1 } }]);
  started(engine, [step('a', { inputParameters: { y: 2 } })]);
  expect(polled(engine, 'a').inputData).toEqual({ x: 1, y: 2 });
});

test('a parameter that comes to nothing takes the value of the input template', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', inputTemplate: { x: 'given' } }]);
  started(engine, [step('a', { inputParameters: { x: '${workflow.input.none}', y: '${workflow.input.none}' } })]);
  expect(polled(engine, 'a').inputData).toEqual({ x: 'given', y: null });
});

test('only what the real server shows of a workflow and a task can be looked up', () => {
  const { engine } = anEngine();
  started(engine, [
    step('a'),
    step('b', {
      inputParameters: { seen: '${a.pollCount}', hidden: '${a.inputData}', start: '${workflow.startTime}' },
    }),
  ]);
  complete(engine, 'a');
  expect(polled(engine, 'b').inputData).toEqual({ seen: 1, hidden: null, start: null });
});

test('the output of a workflow is made from its output parameters, while it still shows as running', () => {
  const { engine } = anEngine();
  const outputParameters: JsonMap = {
    y: '${a.output.y}',
    all: '${a.output}',
    status: '${workflow.status}',
    gone: '${b.output.z}',
  };
  const id = started(engine, [step('a')], { def: { outputParameters } });
  complete(engine, 'a', { y: null, z: [1] });
  expect(engine.workflow.get(id).output).toEqual({ y: null, all: { y: null, z: [1] }, status: 'RUNNING', gone: null });
});

test('without output parameters the output of the last task is that of the workflow', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a'), step('b')]);
  complete(engine, 'a', { a: 1 });
  complete(engine, 'b', { b: 2 });
  expect(engine.workflow.get(id).output).toEqual({ b: 2 });
});
