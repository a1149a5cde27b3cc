import type { Document, SchemaSource } from '@conductor-ts/codegen';
import { expect, test } from 'vitest';
import { AnswerSchemas } from '../src/answer-schemas.ts';
import { apiSource } from '../src/api-source.ts';

const ofSource = new AnswerSchemas(apiSource());
const task = {
  taskType: 'SIMPLE',
  taskDefName: 'd',
  referenceTaskName: 'r',
  status: 'SCHEDULED',
  taskId: 't',
  workflowInstanceId: 'w',
  inputData: {},
  outputData: {},
  retryCount: 0,
};
const workflow = {
  workflowId: 'w',
  workflowName: 'n',
  workflowVersion: 1,
  status: 'RUNNING',
  createTime: 1,
  startTime: 1,
  input: { any: 1 },
  output: {},
  tasks: [task],
};
const faultsOf = (body: unknown, schemas = ofSource): string[] =>
  schemas.faults('GET', '/api/workflow/w', 200, JSON.stringify(body));

test('an answer that the source describes has no fault', () => {
  expect(faultsOf(workflow)).toEqual([]);
});

test('a field that the source does not know is a fault, at any depth', () => {
  const doctored = { ...workflow, news: 1, tasks: [{ ...task, more: 1 }] };
  expect(faultsOf(doctored).toSorted()).toEqual([
    'workflow.get:  must NOT have additional properties {"additionalProperty":"news"}',
    'workflow.get: /tasks/* must NOT have additional properties {"additionalProperty":"more"}',
  ]);
});

test('a value of another type is a fault', () => {
  const doctored = { ...workflow, workflowId: 7, tasks: [{ ...task, retryCount: 'none' }] };
  expect(faultsOf(doctored).toSorted()).toEqual([
    'workflow.get: /tasks/*/retryCount must be integer {"type":"integer"}',
    'workflow.get: /workflowId must be string {"type":"string"}',
  ]);
});

test('a field that the source requires and the answer lacks is a fault', () => {
  const { status: _, ...doctored } = workflow;
  expect(faultsOf(doctored)).toEqual([
    `workflow.get:  must have required property 'status' {"missingProperty":"status"}`,
  ]);
});

test('a field that is taken out of the source is missed in the next answer that has it', () => {
  const source = structuredClone<Document>(apiSource());
  const { properties } = source.components.schemas['Workflow'] as unknown as {
    properties: Record<string, SchemaSource>;
  };
  delete properties['input'];
  expect(faultsOf(workflow, new AnswerSchemas(source))).toEqual([
    'workflow.get:  must NOT have additional properties {"additionalProperty":"input"}',
  ]);
});

test('a path, a status and a kind of answer that the source lacks are faults', () => {
  expect(ofSource.faults('GET', '/api/nope', 200, '{}')).toEqual(['GET /api/nope: no operation of the source fits']);
  expect(ofSource.faults('GET', '/api/workflow/w', 201, '{}')).toEqual([
    'workflow.get: the source knows no JSON answer with status 201',
  ]);
  expect(ofSource.faults('GET', '/api/workflow/w', 200, 'id')).toEqual(['workflow.get: the answer is no JSON']);
  expect(ofSource.faults('PUT', '/api/workflow/w/pause', 200, '{}')).toEqual([
    'workflow.pause: the source knows no JSON answer with status 200',
  ]);
});

test('a plain id may call itself JSON where the source says text', () => {
  expect(ofSource.faults('POST', '/api/agent/executions/e/rerun', 200, '0a-b')).toEqual([]);
});
