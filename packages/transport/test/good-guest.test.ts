import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createAuthority } from './servers/certificates.ts';
import { echo, echoStream, startHttp1, startHttp2, startHttps } from './servers/http-servers.ts';

/** Runs a program that uses this package, and gives what it prints; it has to end by itself. */
async function run(program: string): Promise<{ readonly code: unknown; readonly lines: string[] }> {
  const entry = new URL('../src/index.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--conditions=@conductor-ts/source',
      '-e',
      `import { createTransport } from ${JSON.stringify(entry)};\n${program}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: new URL('..', import.meta.url) },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, lines: output.split('\n').filter((line) => line !== '') };
}

const LOOK = `
import { createRequire } from 'node:module';
const loaded = Object.keys(createRequire(import.meta.url).cache ?? {}).filter((file) => file.includes('undici'));
console.log(JSON.stringify({
  globals: [1, 2].map((n) => globalThis[Symbol.for('undici.globalDispatcher.' + n)] !== undefined),
  forbidden: loaded.filter((file) => /undici\\/index\\.js|lib\\/global\\.js|lib\\/web\\//.test(file)),
  some: loaded.length > 0,
}));`;

test('importing the package and calling over both protocols sets no global and loads no other fetch', async () => {
  await using one = await startHttp1(echo);
  await using two = await startHttp2(echoStream);
  const { code, lines } = await run(`
    const t1 = createTransport(); const t2 = createTransport({ http2: 'prior-knowledge' });
    const response = await t1.fetch('${one.url}', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });
    response.headers.get('x'); await response.json();
    await (await t2.fetch('${two.url}')).text();
    await t1.close(); await t2.close();
    ${LOOK}`);
  expect(code).toBe(0);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ globals: [false, false], forbidden: [], some: true });
});

test.each(['auto', 'prior-knowledge'] as const)(
  'a program that does not close its transport ends by itself (http2: %s)',
  async (http2) => {
    await using server = http2 === 'auto' ? await startHttp1(echo) : await startHttp2(echoStream);
    // An idle time far beyond the test's own limit: what ends the program is that nothing holds it.
    const { code, lines } = await run(`
    const transport = createTransport({ http2: '${http2}', keepAliveTimeoutMs: 600_000 });
    console.log((await transport.fetch('${server.url}')).status);`);
    expect([code, lines]).toEqual([0, ['200']]);
  },
);

test.each(['auto', 'prior-knowledge'] as const)('after close nothing is left (http2: %s)', async (http2) => {
  await using server = http2 === 'auto' ? await startHttp1(echo) : await startHttp2(echoStream);
  const { code, lines } = await run(`
    const transport = createTransport({ http2: '${http2}' });
    await (await transport.fetch('${server.url}')).text();
    await transport.close();
    await new Promise(setImmediate);
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => !/^(PipeWrap|Immediate|TTYWrap)$/.test(name))));`);
  expect([code, lines]).toEqual([0, ['[]']]);
});

test('a call in flight keeps the program alive', async () => {
  await using server = await startHttp2((stream) => {
    setTimeout(() => {
      stream.respond({ ':status': 200 });
      stream.end();
    }, 100);
  });
  const { lines } = await run(`
    const transport = createTransport({ http2: 'prior-knowledge' });
    void transport.fetch('${server.url}').then((response) => console.log(response.status));`);
  expect(lines).toEqual(['200']);
});

test('importing the package loads neither undici nor what Node has for TLS and HTTP/2', async () => {
  const { lines } = await run(`
    import { createRequire } from 'node:module';
    createTransport();
    const undici = Object.keys(createRequire(import.meta.url).cache ?? {}).filter((file) => file.includes('undici'));
    const native = process.moduleLoadList.filter((name) => /^NativeModule (tls|http|http2|zlib)$/.test(name));
    console.log(JSON.stringify([...undici, ...native]));`);
  expect(lines).toEqual(['[]']);
});

test('the first call over HTTP/1.1 can be aborted, and awaited by close(), while undici is loaded', async () => {
  await using server = await startHttp1(echo);
  const { code, lines } = await run(`
    const transport = createTransport();
    const aborted = new AbortController();
    const given = transport.fetch('${server.url}', { signal: aborted.signal });
    const kept = transport.fetch('${server.url}');
    aborted.abort(new Error('enough'));
    const closed = transport.close();
    console.log(await given.catch((error) => error.message));
    console.log((await (await kept).json()).method);
    await closed;
    console.log(transport.stats().origins.length, process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name)).length);`);
  expect([code, lines]).toEqual([0, ['enough', 'GET', '0 0']]);
});

test('a call that waits for a stream is told when the last connection is lost, also soon after another one could not be made', async () => {
  // All in one process, in which nothing but the client's calls may count: the server holds nothing.
  const { code, lines } = await run(`
    import { once } from 'node:events';
    import * as http2 from 'node:http2';
    import * as net from 'node:net';
    import { subscribe } from 'node:diagnostics_channel';
    const turn = () => new Promise(setImmediate);
    const ignore = () => {};
    const speaks = http2.createServer({ settings: { maxConcurrentStreams: 1 } });
    let streams = 0;
    speaks.on('session', (session) => session.on('error', ignore));
    speaks.on('stream', (stream) => { streams += 1; stream.on('error', ignore); });
    let accepted;
    const server = net.createServer((socket) => { accepted = socket.on('error', ignore); speaks.emit('connection', socket); socket.unref(); });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = 'http://127.0.0.1:' + server.address().port;
    server.unref();
    let opened;
    subscribe('net.client.socket', ({ socket }) => (opened = socket));
    const transport = createTransport({ http2: 'prior-knowledge' });
    const tell = (name) => (error) => console.log(name, error.code, error.requestSent);
    transport.fetch(url).catch(tell('held'));
    while (streams === 0) await turn();
    server.close();
    const first = opened;
    transport.fetch(url).catch(tell('waiting'));
    while (opened === first || !opened.destroyed) await turn();
    await turn();
    accepted.resetAndDestroy();`);
  expect([code, lines]).toEqual([0, ['held CONNECTION_RESET unknown', 'waiting CONNECT_REFUSED false']]);
});

test('a connection that is still made when the last call ends on an old one holds nothing', async () => {
  // Lets the first connection through; those behind it wait for an answer that never comes.
  const { code, lines } = await run(`
    import { once } from 'node:events';
    import * as http2 from 'node:http2';
    import * as net from 'node:net';
    const ignore = () => {};
    const speaks = http2.createServer();
    let answer;
    speaks.on('connection', (socket) => socket.unref());
    speaks.on('session', (session) => session.on('error', ignore));
    speaks.on('stream', (stream) => { stream.respond({ ':status': 200 }); stream.write('a'); answer = () => stream.end('b'); });
    let accepted = 0;
    const proxy = net.createServer((socket) => {
      accepted += 1;
      socket.on('error', ignore).unref();
      if (accepted > 1) return;
      const server = net.connect(speaks.address().port, '127.0.0.1').on('error', ignore).unref();
      socket.once('data', () => { socket.write('HTTP/1.1 200 OK\\r\\n\\r\\n'); socket.pipe(server).pipe(socket); });
    });
    for (const one of [speaks, proxy]) await once(one.listen(0, '127.0.0.1').unref(), 'listening');
    const url = 'http://127.0.0.1:' + proxy.address().port;
    const transport = createTransport({ http2: 'prior-knowledge', proxy: url, maxConnectionAgeMs: 500, connectTimeoutMs: 0 });
    const response = await transport.fetch(url);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const enough = new AbortController();
    const waiting = transport.fetch(url, { signal: enough.signal }).catch((error) => console.log(error.name));
    while (accepted < 2) await new Promise(setImmediate);
    enough.abort();
    await waiting;
    answer();
    console.log(await response.text());`);
  expect([code, lines]).toEqual([0, ['AbortError', 'ab']]);
});

test('a connection whose only call was given up before it was used holds nothing', async () => {
  const authority = await createAuthority();
  await using server = await startHttps(await authority.issue(['localhost']), echo);
  const { code, lines } = await run(`
    const tls = process.getBuiltinModule('node:tls');
    const enough = new AbortController();
    const { connect } = tls;
    // The moment after the handshake: which protocol is spoken is known, and undici is not loaded yet.
    tls.connect = (...args) => connect(...args).once('secureConnect', () => queueMicrotask(() => enough.abort('enough')));
    const transport = createTransport({ tls: { insecure: true } });
    await transport.fetch('${server.url}', { signal: enough.signal }).catch((reason) => console.log(reason));
    const open = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name)).length;
    for (let turns = 0; turns < 200 && open() > 0; turns += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(open(), transport.stats().origins[0].protocol);
    await transport.destroy();`);
  expect([code, lines]).toEqual([0, ['enough', '0 h1']]);
});
