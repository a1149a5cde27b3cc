import { expect, test } from 'vitest';
import { anEngine, refusalOf, step } from './given.ts';

test('a task definition is read back with the defaults of the server', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 't' }]);
  expect(engine.metadata.getTaskDef('t')).toMatchObject({
    name: 't',
    retryCount: 3,
    retryDelaySeconds: 60,
    responseTimeoutSeconds: 3600,
    timeoutSeconds: 0,
    timeoutPolicy: 'TIME_OUT_WF',
    retryLogic: 'FIXED',
    backoffScaleFactor: 1,
    rateLimitFrequencyInSeconds: 1,
    runtimeMetadata: [],
    maxRetryDelaySeconds: 0,
    backoffJitterMs: 0,
    totalTimeoutSeconds: 0,
    taskStatusListenerEnabled: true,
    enforceSchema: false,
  });
});

test('registering a task definition again replaces it', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 't', retryCount: 1 }]);
  engine.metadata.registerTaskDefs([{ name: 't', retryCount: 2 }]);
  expect(engine.metadata.getTaskDefs().map((def) => def.retryCount)).toEqual([2]);
});

test('a task definition without a name is refused, and the path names the argument', () => {
  const { engine } = anEngine();
  const refusal = refusalOf(() => engine.metadata.registerTaskDefs([{}]));
  expect(refusal).toEqual({
    status: 400,
    message: 'Validation failed, check below errors for detail.',
    errors: ['TaskDef name cannot be null or empty'],
  });
});

test('a response timeout longer than the timeout is refused', () => {
  const { engine } = anEngine();
  const refusal = refusalOf(() => engine.metadata.registerTaskDefs([{ name: 't', timeoutSeconds: 60 }]));
  expect(refusal.errors).toEqual(['TaskDef: t responseTimeoutSeconds: 3600 must be less than timeoutSeconds: 60']);
});

test.each([
  ['retryCount', -1, 'TaskDef retryCount: 0 must be >= 0'],
  ['pollTimeoutSeconds', -1, 'TaskDef pollTimeoutSeconds: 0 must be >= 0'],
  ['backoffScaleFactor', 0, 'Backoff scale factor. Applicable for LINEAR_BACKOFF'],
  ['responseTimeoutSeconds', 0, 'TaskDef responseTimeoutSeconds: 0 should be minimum 1 second'],
  // A number that is null counts as 0.
  ['responseTimeoutSeconds', null, 'TaskDef responseTimeoutSeconds: 0 should be minimum 1 second'],
])('a task definition with %s %j is refused', (member, value, message) => {
  const refusal = refusalOf(() => anEngine().engine.metadata.registerTaskDefs([{ name: 't', [member]: value }]));
  expect(refusal.errors).toEqual([message]);
});

test('empty lists of definitions are refused', () => {
  const { metadata } = anEngine().engine;
  expect(refusalOf(() => metadata.registerTaskDefs([])).errors).toEqual(['TaskDefList is empty']);
  expect(refusalOf(() => metadata.updateWorkflowDefs([])).errors).toEqual(['WorkflowDefList is empty']);
});

test('a task definition is stamped by the server: created by a registration, updated by an update', async () => {
  const { engine, clock } = anEngine();
  const createTime = clock.now();
  engine.metadata.registerTaskDefs([{ name: 't', createdBy: 'me', updateTime: 6 }]);
  expect(engine.metadata.getTaskDef('t')).toMatchObject({ createTime, createdBy: '', updateTime: 0 });
  await clock.advance(5);
  engine.metadata.updateTaskDef({ name: 't', createTime: 6 });
  expect(engine.metadata.getTaskDef('t')).toMatchObject({ createTime, updatedBy: '', updateTime: clock.now() });
});

test('a workflow definition has the time of its creation or of its update, the other is what came with it', () => {
  const { engine, clock } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'w', tasks: [step('a')] });
  expect(engine.metadata.getWorkflowDef('w')).toMatchObject({ createTime: clock.now(), updateTime: 0 });
  engine.metadata.updateWorkflowDefs([{ name: 'w', tasks: [step('a')] }]);
  expect(engine.metadata.getWorkflowDef('w')).toMatchObject({ createTime: 0, updateTime: clock.now() });
});

test('an object in place of the list of task definitions is a 500', () => {
  const { engine } = anEngine();
  const refusal = refusalOf(() => engine.metadata.registerTaskDefs({ name: 't' }));
  expect(refusal.status).toBe(500);
  expect(refusal.message).toMatch(/^JSON parse error: /);
});

test('an unknown enum value is a 500', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => engine.metadata.registerTaskDefs([{ name: 't', retryLogic: 'NEVER' }])).status).toBe(500);
});

test('unknown task definitions are refused in the words of each call', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => engine.metadata.getTaskDef('nope'))).toMatchObject({
    status: 404,
    message: 'No such taskType found by name: nope',
  });
  expect(refusalOf(() => engine.metadata.updateTaskDef({ name: 'nope' }))).toMatchObject({
    status: 404,
    message: 'No such task by name nope',
  });
  expect(refusalOf(() => engine.metadata.unregisterTaskDef('nope'))).toMatchObject({
    status: 500,
    message: 'No such task definition',
  });
});

test('a workflow definition is read back with the defaults of the server, its steps too', () => {
  const { engine } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'w', tasks: [{ name: 'a', taskReferenceName: 'a' }] });
  expect(engine.metadata.getWorkflowDef('w')).toMatchObject({
    version: 1,
    schemaVersion: 2,
    restartable: true,
    workflowStatusListenerEnabled: false,
    timeoutPolicy: 'ALERT_ONLY',
    timeoutSeconds: 0,
    inputParameters: [],
    variables: {},
    inputTemplate: {},
    enforceSchema: true,
    metadata: {},
    maskedFields: [],
    tasks: [
      {
        type: 'SIMPLE',
        decisionCases: {},
        defaultCase: [],
        forkTasks: [],
        startDelay: 0,
        joinOn: [],
        optional: false,
        loopOver: [],
        permissive: false,
      },
    ],
  });
});

test('creating the same version of a workflow twice is a conflict, unless told to overwrite', () => {
  const { engine } = anEngine();
  const def = { name: 'w', version: 1, tasks: [step('a')] };
  engine.metadata.createWorkflowDef(def);
  expect(refusalOf(() => engine.metadata.createWorkflowDef(def))).toMatchObject({
    status: 409,
    message: 'Workflow with w.1 already exists!',
  });
  expect(() => engine.metadata.createWorkflowDef(def, { overwrite: true })).not.toThrow();
});

test('a workflow without tasks, or with two tasks of one reference name, is refused', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => engine.metadata.createWorkflowDef({ name: 'w', tasks: [] })).errors).toEqual([
    'WorkflowTask list cannot be empty',
  ]);
  expect(
    refusalOf(() => engine.metadata.validateWorkflowDef({ name: 'w', tasks: [step('a'), step('a')] })).errors,
  ).toEqual(['taskReferenceName: a should be unique across tasks for a given workflowDefinition: w']);
});

test('a list of workflow definitions is stored and its names are given back', () => {
  const { engine } = anEngine();
  const answer = engine.metadata.updateWorkflowDefs([{ name: 'w1', tasks: [step('a')] }]);
  expect(answer).toEqual({ bulkErrorResults: {}, bulkSuccessfulResults: ['w1'] });
});

test('without a version the latest one is meant', () => {
  const { engine } = anEngine();
  for (const version of [2, 10, 1]) engine.metadata.createWorkflowDef({ name: 'w', version, tasks: [step('a')] });
  expect(engine.metadata.getWorkflowDef('w').version).toBe(10);
  expect(engine.metadata.getLatestVersions().map((def) => def.version)).toEqual([10]);
  expect(engine.metadata.getVersions('w').map((each) => each.version)).toEqual([1, 2, 10]);
});

test('unknown workflow definitions are refused in the words of each call', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => engine.metadata.getWorkflowDef('nope'))).toMatchObject({
    status: 404,
    message: 'No such workflow found by name: nope, version: null',
  });
  expect(refusalOf(() => engine.metadata.unregisterWorkflowDef('wsv', 1))).toMatchObject({
    status: 500,
    message: 'No such workflow definition: wsv version: 1',
  });
  expect(refusalOf(() => engine.workflow.start({ name: 'nope' }))).toMatchObject({
    status: 404,
    message: 'No such workflow defined. name=nope, version=null',
  });
});
