import { startConductorServer } from '@conductor-ts/testing';
import type { TestProject } from 'vitest/node';

/** The server that this run of the suite is about. */
export interface JudgedServer {
  readonly kind: 'embedded' | 'real';
  readonly url: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly judged: JudgedServer;
  }
}

/** For the whole run: the embedded server, or with CONTRACT_SERVER=real the one at CONDUCTOR_SERVER_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env['CONTRACT_SERVER'] === 'real') {
    const url = process.env['CONDUCTOR_SERVER_URL'];
    if (url === undefined)
      throw new Error('Set CONDUCTOR_SERVER_URL, or run `pnpm test:contract`, which boots a server.');
    project.provide('judged', { kind: 'real', url });
    return async () => undefined;
  }
  const server = await startConductorServer();
  project.provide('judged', { kind: 'embedded', url: server.url });
  return () => server.close();
}
