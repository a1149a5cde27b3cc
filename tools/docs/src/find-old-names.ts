import { createConductorClient, type ConductorClient } from '@conductor-ts/client';

/** Methods of the published SDK by the method that replaces each. The client itself says it, in its warnings. */
export async function findOldNames(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  const warn = (_message: string, fields?: object): void => {
    const { method, replacement } = (fields ?? {}) as { method?: string; replacement?: string };
    if (method !== undefined && replacement !== undefined)
      found.set(replacement, [...(found.get(replacement) ?? []), method]);
  };
  const silent = (): void => undefined;
  const client = await createConductorClient(
    { serverUrl: 'http://localhost', useEnvVars: false, logger: { debug: silent, info: silent, warn, error: silent } },
    async () => new Response('{}'),
  );
  await Promise.all(oldMethods(client).map(async (method) => method().catch(silent)));
  await client.close();
  return found;
}

function oldMethods(client: ConductorClient): readonly (() => Promise<unknown>)[] {
  return Object.entries(client)
    .filter(([name]) => name.endsWith('Resource') || name === 'humanTask')
    .flatMap(([, methods]: [string, object]) => Object.values(methods) as (() => Promise<unknown>)[]);
}
