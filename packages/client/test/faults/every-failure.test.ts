import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createConductorClient, ConductorSdkError, noopLogger, type OrkesApiConfig } from '../../src/index.ts';

const PATH = '/api/workflow/w';

interface Failure {
  readonly config: OrkesApiConfig;
  readonly timeoutMs?: number;
  readonly close: () => Promise<unknown>;
}

interface Expected {
  readonly code: string;
  readonly hint: RegExp;
  readonly status?: number;
  readonly serverMessage?: string;
  /** Code of what lies at the bottom, where something does. */
  readonly cause?: string;
}

const CASES: readonly (readonly [name: string, make: () => Promise<Failure>, expected: Expected])[] = [
  [
    'a host that there is not',
    async () => ({ config: { serverUrl: 'http://nowhere.invalid' }, close: async () => undefined }),
    { code: 'DNS_FAILED', hint: /serverUrl \(CONDUCTOR_SERVER_URL\)/, cause: 'ENOTFOUND' },
  ],
  [
    'a port where nobody listens',
    async () => ({ config: { serverUrl: 'http://127.0.0.1:1' }, close: async () => undefined }),
    { code: 'CONNECT_REFUSED', hint: /serverUrl \(CONDUCTOR_SERVER_URL\)/, cause: 'ECONNREFUSED' },
  ],
  [
    'a certificate that nobody here trusts',
    async () => withServer(await startConductorServer({ tls: true })),
    { code: 'TLS_UNTRUSTED', hint: /tlsCaPath \(CONDUCTOR_TLS_CA_PATH\)/, cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  ],
  [
    'plain HTTP to a port that speaks TLS',
    async () => {
      const server = await startConductorServer({ tls: true });
      return { config: { serverUrl: server.url.replace('https:', 'http:') }, close: () => server.close() };
    },
    { code: 'TLS_REQUIRED', hint: /serverUrl \(CONDUCTOR_SERVER_URL\) with https:/, cause: 'UND_ERR_SOCKET' },
  ],
  [
    'a server that does not answer in time',
    async () => ({ ...(await failing((server) => server.faults.stall({ path: PATH }))), timeoutMs: 50 }),
    { code: 'ATTEMPT_TIMEOUT', hint: /requestTimeoutMs/ },
  ],
  [
    'a connection that is reset',
    () => failing((server) => server.faults.resetConnections({ path: PATH })),
    { code: 'CONNECTION_RESET', hint: /load balancer/, cause: 'ECONNRESET' },
  ],
  [
    'a proxy that wants a password',
    async () => {
      const { url, server } = await proxyThatWantsPassword();
      const close = async (): Promise<void> => void server.close();
      return { config: { serverUrl: 'https://conductor.invalid', proxyUrl: url }, close };
    },
    { code: 'PROXY_AUTH_REQUIRED', hint: /user and password/, status: 407 },
  ],
  [
    'a gateway that answers 502 with a web page',
    () => failing((server) => server.faults.answer(502, { path: PATH, body: '<html><h1>Bad gateway</h1></html>' })),
    { code: 'UNAVAILABLE', hint: /CONDUCTOR_RETRY_SERVER_ERRORS/, status: 502 },
  ],
  [
    'a permission that is missing',
    () => failing((server) => server.faults.answer(403, { path: PATH, body: '{"message":"no READ on it"}' })),
    { code: 'FORBIDDEN', hint: /role or permission/, status: 403, serverMessage: 'no READ on it' },
  ],
  [
    'an id that there is not',
    async () => withServer(await startConductorServer()),
    { code: 'NOT_FOUND', hint: /id or name/, status: 404, serverMessage: 'No such workflow found by id: w' },
  ],
];

test.each(CASES)('%s: the error says what, where, how often and what to do', async (_, make, expected) => {
  const { config, timeoutMs, close } = await make();
  const client = await createConductorClient({ useEnvVars: false, logger: noopLogger, ...config }, undefined, {
    retry: { initialRetryDelay: 1 },
  });
  const { error } = await client.workflow.get({ workflowId: 'w' }, { throwOnError: false, timeoutMs });
  await client.close({ timeoutMs: 0 });
  await close();
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(ConductorSdkError);
  expect(error).toMatchObject({
    operation: 'workflow.get',
    method: 'GET',
    pathTemplate: '/api/workflow/{workflowId}',
    attempts: expect.any(Number) as unknown,
    elapsedMs: expect.any(Number) as unknown,
  });
  const { code, hint, status, serverMessage } = error as unknown as Expected;
  expect({ code, status, serverMessage }).toEqual({
    code: expected.code,
    status: expected.status,
    serverMessage: expected.serverMessage,
  });
  expect(hint).toMatch(expected.hint);
  expect((deepestCause(error) as { code?: string } | undefined)?.code).toBe(expected.cause);
  // What a person has to change first is not tried again.
  if (expected.code.startsWith('TLS_')) expect(error).toMatchObject({ attempts: 1 });
  if (expected.code === 'TLS_UNTRUSTED') expect(error).toMatchObject({ requestSent: false });
  // What varies stands in fields: two failures of a kind have one message.
  expect(error?.message).not.toMatch(/\d{3,}|127\.0\.0\.1|invalid/);
});

function withServer(server: ConductorTestServer): Failure {
  return { config: { serverUrl: server.url }, close: () => server.close() };
}

async function failing(arrange: (server: ConductorTestServer) => void): Promise<Failure> {
  const server = await startConductorServer();
  arrange(server);
  return withServer(server);
}

async function proxyThatWantsPassword(): Promise<{ url: string; server: Server }> {
  const server = createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function deepestCause(error: unknown): unknown {
  let last: unknown = (error as Error | undefined)?.cause;
  for (let depth = 0; depth < 9 && last instanceof Error && last.cause !== undefined; depth += 1) last = last.cause;
  return last;
}
