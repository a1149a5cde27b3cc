import { expect, test } from 'vitest';
import { type ConductorTestServer, ManualClock, startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

const EVENT = 'conductor:sender:out';

test('an event starts a workflow with its own values in the input', async () => {
  const clock = new ManualClock();
  await using server = await started(clock);
  const input = { of: '${order}', all: '${$}', part: '${order.items[1]}', text: 'is ${kind}', none: '${nope}' };
  await handle(server, {
    action: 'start_workflow',
    start_workflow: { name: 'greet', correlationId: '${kind}', input },
  });
  server.engine.workflow.start({ name: 'sender' });
  await clock.advance(100);
  const [started1] = server.engine.workflow.getByCorrelationId('greet', 'big', { includeClosed: true });
  expect(started1?.input).toMatchObject({
    of: { items: [1, 2] },
    all: { kind: 'big', event_produced: EVENT },
    part: 2,
    text: 'is big',
    none: null,
    'conductor.event.name': EVENT,
  });
});

test.each([
  ['complete_task', 'COMPLETED'],
  ['fail_task', 'FAILED'],
])('%s ends the task that the event names', async (action, status) => {
  const clock = new ManualClock();
  await using server = await started(clock);
  await handle(server, { action, [action]: { workflowId: '${id}', taskRefName: 'wait', output: { of: '${kind}' } } });
  const id = server.engine.workflow.start({ name: 'sender' });
  await clock.advance(100);
  const { status: ended, tasks } = server.engine.workflow.get(id);
  expect([ended, tasks.at(-1)?.outputData]).toMatchObject([status, { of: 'big', taskRefName: 'wait' }]);
});

test('a handler acts only while it is active and where its condition is true', async () => {
  const clock = new ManualClock();
  await using server = await started(clock);
  const action = { action: 'start_workflow', start_workflow: { name: 'greet', input: {} } };
  await handle(server, action, { name: 'no', condition: "$.kind == 'small'" });
  await handle(server, action, { name: 'broken', condition: 'this is no script' });
  await handle(server, action, { name: 'off', active: false });
  await handle(server, action, { name: 'other', event: 'conductor:sender:other' });
  await handle(server, action, { name: 'yes', condition: "$.kind == 'big'" });
  server.engine.workflow.start({ name: 'sender' });
  await clock.advance(100);
  expect(server.engine.stats().workflowsStarted).toBe(2);
});

test('what one action cannot do does not keep the next from acting', async () => {
  const clock = new ManualClock();
  await using server = await started(clock);
  await handle(server, { action: 'start_workflow', start_workflow: { name: 'unknown' } });
  const terminate = { workflowId: '${id}', terminationReason: 'told so' };
  await handle(server, { action: 'terminate_workflow', terminate_workflow: terminate }, { name: 'second' });
  const id = server.engine.workflow.start({ name: 'sender' });
  await clock.advance(100);
  expect(server.engine.workflow.get(id)).toMatchObject({ status: 'TERMINATED', reasonForIncompletion: 'told so' });
});

test('in Orkes mode handlers come as a list', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const headers = { 'x-authorization': server.tokens.mint() };
  const handlers = ['a', 'b'].map((name) => ({ name, event: EVENT, actions: [{ action: 'start_workflow' }] }));
  expect((await call(server, 'POST', '/api/event', handlers, { headers })).status).toBe(200);
  const listed = JSON.parse((await call(server, 'GET', '/api/event', undefined, { headers })).text);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
});

async function started(clock: ManualClock): Promise<ConductorTestServer> {
  const server = await startConductorServer({ clock });
  const step = (taskReferenceName: string, type: string, more: object): object => {
    return { name: taskReferenceName, taskReferenceName, type, inputParameters: {}, ...more };
  };
  const order = { items: [1, 2] };
  const inputParameters = { kind: 'big', order, id: '${workflow.workflowId}' };
  const definition = { version: 1, ownerEmail: 'a@b.test' };
  server.engine.metadata.createWorkflowDef({ ...definition, name: 'greet', tasks: [step('n', 'NOOP', {})] });
  server.engine.metadata.createWorkflowDef({
    ...definition,
    name: 'sender',
    tasks: [step('out', 'EVENT', { sink: 'conductor', inputParameters }), step('wait', 'WAIT', {})],
  });
  return server;
}

async function handle(server: ConductorTestServer, action: object, changes: object = {}): Promise<void> {
  const handler = { name: 'first', event: EVENT, active: true, actions: [action], ...changes };
  const { status, text } = await call(server, 'POST', '/api/event', handler);
  if (status !== 200) throw new Error(text);
}
