import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call, codeOf, openHttp2, until } from '../call.ts';

test('close with long polls in flight ends at once, and every caller is told', async () => {
  const server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  const polls = [
    ...Array.from({ length: 5 }, () => codeOf(call(server, 'GET', '/api/tasks/poll/batch/t?count=2&timeout=5000'))),
    codeOf(client.call('GET', '/api/tasks/poll/batch/t?count=2&timeout=5000')),
  ];
  await until(() => server.counts().requests === 6, 'six polls arrive');
  const startedMs = Date.now();
  await server.close();
  await server.close();
  expect((await Promise.all(polls)).every((code) => code !== undefined)).toBe(true);
  expect(Date.now() - startedMs).toBeLessThan(4_000);
  expect(server.counts().connectionsOpen).toBe(0);
  expect(await codeOf(call(server, 'GET', '/health'))).toBe('ECONNREFUSED');
});

test('idle connections of a caller that keeps them do not hold up close', async () => {
  const server = await startConductorServer();
  const agent = new Agent({ keepAlive: true });
  await call(server, 'GET', '/health', undefined, { agent });
  await server.close();
  agent.destroy();
  expect(server.counts().connectionsOpen).toBe(0);
});

test('close ends exchanges that a fault holds', async () => {
  const server = await startConductorServer();
  server.faults.stall({ path: '/health' });
  server.faults.delay(60_000, { path: '/api/version' });
  const held = [codeOf(call(server, 'GET', '/health')), codeOf(call(server, 'GET', '/api/version'))];
  await until(() => server.counts().requests === 2, 'both arrive');
  server.faults.blackHole();
  await server.close();
  expect(await Promise.all(held)).not.toContain(undefined);
});

test('a restart that is under way does not bring a closed server back', async () => {
  const server = await startConductorServer();
  const restarted = server.faults.restart({ downMs: 20 });
  await server.close();
  await restarted;
  expect(await codeOf(call(server, 'GET', '/health'))).toBe('ECONNREFUSED');
});

test.for([
  [{ host: '0.0.0.0' }, 'host:'],
  [{ port: 70_000 }, 'port:'],
  [{ port: -1 }, 'port:'],
  [{ maxReceived: 1.5 }, 'maxReceived:'],
  [{ keys: [] }, 'keys:'],
  [{ mode: 'other' as 'oss' }, 'mode:'],
] as const)('%j is refused by a message that names the option', async ([options, name]) => {
  await expect(startConductorServer(options)).rejects.toThrow(name);
});

test('a port that is taken is an error with its code', async () => {
  await using server = await startConductorServer();
  expect(await codeOf(startConductorServer({ port: server.port }))).toBe('EADDRINUSE');
});

test('a server that listens beyond loopback has to be asked for twice', async () => {
  await using server = await startConductorServer({ host: '0.0.0.0', allowNonLoopback: true });
  expect(server.port).toBeGreaterThan(0);
});

test('with unref a forgotten server does not hold the process, not even with a connection open', async () => {
  const index = new URL('../../src/index.ts', import.meta.url).href;
  const program = `
    import { startConductorServer } from '${index}';
    import { connect } from 'node:net';
    const server = await startConductorServer({ unref: true });
    connect(server.port, '127.0.0.1').unref();
    await fetch(server.url + '/health').then((response) => response.text());
    process.stdout.write('served');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', program]);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  expect([code, output]).toEqual([0, 'served']);
});

test('importing and running a server without TLS leaves the globals of the process alone', async () => {
  const index = new URL('../../src/index.ts', import.meta.url).href;
  const program = `
    const before = new Set([...Reflect.ownKeys(globalThis), ...Reflect.ownKeys(Reflect)]);
    const { startConductorServer } = await import('${index}');
    await using server = await startConductorServer();
    const now = [...Reflect.ownKeys(globalThis), ...Reflect.ownKeys(Reflect)];
    process.stdout.write(JSON.stringify(now.filter((key) => !before.has(key)).map(String)));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', program]);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  await once(child, 'close');
  expect(output).toBe('[]');
});
