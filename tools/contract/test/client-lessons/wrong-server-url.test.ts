import { type ConductorClient, createConductorClient, ParseError } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { failureOf, judged } from './failure-of.ts';

const at = (path: string): Promise<ConductorClient> =>
  createConductorClient({ serverUrl: judged.url + path, useEnvVars: false });

test('a base path that the server does not have is answered with its web page, which is a wrong serverUrl', async () => {
  await using client = await at('/conductor');
  for (const call of [
    () => client.version.get(),
    () => client.metadata.getTaskDefs(),
    () => client.secret.getTags({ key: 's' }),
  ]) {
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(ParseError);
    expect(error).toMatchObject({ code: 'PARSE_FAILED', status: 200 });
    expect(error.hint).toContain('CONDUCTOR_SERVER_URL');
  }
});

test('what is no GET is a 404 there, and the hint says to check serverUrl', async () => {
  await using client = await at('/conductor');
  const error = await failureOf(client.workflow.start({ body: { name: 'w' } }));
  expect(error).toMatchObject({ code: 'NOT_FOUND', hint: expect.stringContaining('CONDUCTOR_SERVER_URL') });
});

test.each(['/api', '/api/', '/'])('%j behind the address makes no difference', async (path) => {
  await using client = await at(path);
  expect(await client.version.get()).toMatch(/^\d+\.\d+/);
});
