import { resolve } from 'node:path';
import { createConductorClient, UnsupportedByServerError } from '@conductor-ts/client';
import { loadDocument, readSource, type OperationSource } from '@conductor-ts/codegen';
import { afterAll, expect, test } from 'vitest';
import { judged, raw, unique } from '../../src/contract.ts';
import { failureOf } from './failure-of.ts';

const client = await createConductorClient({ serverUrl: judged.url, useEnvVars: false });
afterAll(() => client.close());

test.each<[string, string, () => Promise<unknown>]>([
  ['404', 'application.list', () => client.application.list()],
  ['404', 'human.search', () => client.human.search({ body: {} })],
  ['405', 'environment.save', () => client.environment.save({ key: 'k', body: 'v' })],
  ['500', 'tag.deleteWorkflowTag', () => client.tag.deleteWorkflowTag({ name: 'w', body: { key: 'k', value: 'v' } })],
  ['200 and a web page', 'webhook.sendByGet', () => client.webhook.sendByGet({ id: '1' })],
])('the open-source server answers %s to %s, and the client that it needs Orkes', async (_, operation, call) => {
  const error = await failureOf(call());
  expect(error).toMatchObject({ code: 'UNSUPPORTED_BY_SERVER', serverFamily: 'oss', operation });
  expect(error.message).toBe(`${operation} failed: this operation needs Orkes Conductor`);
});

test('none of the operations that only Orkes has gets an answer that could be taken for its own', async () => {
  const outcomes = await Promise.all(
    operationsMarked('orkes').map(([name, call]) =>
      call().then(
        (answer) => `${name} gives ${JSON.stringify(answer)}`,
        (error: unknown) => (error instanceof UnsupportedByServerError ? 'unsupported' : `${name}: ${String(error)}`),
      ),
    ),
  );
  expect(outcomes.length).toBeGreaterThan(180);
  expect(outcomes.filter((outcome) => outcome !== 'unsupported')).toEqual([]);
});

test.each(['execution', 'message'])(
  'the server takes %s for the name of an event, and lists its handlers',
  async (name) => {
    expect(await raw('GET', `/api/event/${name}`)).toMatchObject({ status: 200, body: '[]' });
  },
);

test('a schedule pauses and resumes', async () => {
  const name = unique('lesson_schedule');
  const tasks = [{ name, taskReferenceName: 'a', type: 'SIMPLE' }];
  const body = { name, version: 1, ownerEmail: 'a@example.com', timeoutSeconds: 0, tasks };
  await client.metadata.registerWorkflowDef({ body });
  await client.scheduler.save({
    body: { name, cronExpression: '0 0 0 1 1 ?', startWorkflowRequest: { name, version: 1 } },
  });
  await client.scheduler.pause({ name, reason: 'holidays' });
  expect(await client.scheduler.get({ name })).toMatchObject({ paused: true, pausedReason: 'holidays' });
  await client.scheduler.resume({ name });
  expect((await client.scheduler.get({ name })).paused).toBe(false);
  expect((await raw('GET', `/api/scheduler/schedules/${name}/pause`)).status).toBe(405);
  await client.scheduler.delete({ name });
});

test.each(['pause', 'resume'] as const)('%s of a schedule that is not there says so', async (verb) => {
  const error = await failureOf(client.scheduler[verb]({ name: 'nope' }));
  expect(error).toMatchObject({ code: 'NOT_FOUND', operation: `scheduler.${verb}` });
});

type Group = Readonly<Record<string, (params: object) => Promise<unknown>>>;

/** All operations of one mark, each with something for everything that it must get. */
function operationsMarked(mark: 'orkes'): readonly (readonly [name: string, call: () => Promise<unknown>])[] {
  const { paths } = loadDocument(readSource(resolve(import.meta.dirname, '../../../../packages/client/openapi')));
  return Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter((operation) => operation['x-conductor-server'] === mark)
    .map((operation) => {
      const { 'x-conductor-group': group = '', 'x-conductor-method': method = '' } = operation;
      const groups = client as unknown as Readonly<Record<string, Group>>;
      return [`${group}.${method}`, async () => groups[group]?.[method]?.(placeholders(operation))] as const;
    });
}

function placeholders({ parameters = [], requestBody }: OperationSource): object {
  const required = parameters.filter((parameter) => parameter.required === true).map(({ name }) => [name, '1']);
  const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const json = content?.schema?.type === 'array' ? [] : {};
  const body = mediaType === undefined ? {} : { body: /json|form/.test(mediaType) ? json : 'text' };
  return { ...Object.fromEntries(required), ...body };
}
