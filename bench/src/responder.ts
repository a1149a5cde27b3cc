import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { makeCertificate } from './certificate.ts';
import { LARGE_ANSWER, LARGE_ID, SMALL_ANSWER, WORKFLOW_ID } from './payloads.ts';
import { IDLE_STATS, type Pace, type ResponderStats, type ToResponder } from './responder-messages.ts';

/*
 * The server of the benchmark, in a process of its own: it answers as little as a Conductor server would, and as cheaply
 * as Node allows, so that what is measured is the client.
 */

interface Answer {
  readonly type: string;
  readonly body: Buffer;
}

const SMALL: Answer = { type: 'application/json', body: Buffer.from(SMALL_ANSWER) };
const LARGE: Answer = { type: 'application/json', body: Buffer.from(LARGE_ANSWER) };
const STARTED: Answer = { type: 'text/plain', body: Buffer.from(WORKFLOW_ID) };
const TOKEN: Answer = { type: 'application/json', body: Buffer.from('{"token":"a-token-of-the-benchmark"}') };

let pace: Required<Pace> = { delayMs: 0, slots: Infinity };
let stats: ResponderStats = { ...IDLE_STATS };
let busy = 0;
const line: (() => void)[] = [];

function answerTo(method: string | undefined, path: string): Answer {
  if (method !== 'POST') return path.includes(LARGE_ID) ? LARGE : SMALL;
  return path.startsWith('/api/token') ? TOKEN : STARTED;
}

/** Answers at once, or works on it for a while, on no more at a time than there are slots. */
function atItsPace(answer: () => void): void {
  stats.requests += 1;
  if (pace.delayMs === 0) return answer();
  if (busy >= pace.slots) line.push(() => work(answer));
  else work(answer);
}

function work(answer: () => void): void {
  busy += 1;
  const startedMs = performance.now();
  setTimeout(() => {
    busy -= 1;
    stats.workedMs += performance.now() - startedMs;
    line.shift()?.();
    answer();
  }, pace.delayMs);
}

function onRequest(request: IncomingMessage, response: ServerResponse): void {
  const { type, body } = answerTo(request.method, request.url ?? '');
  const answer = (): void => {
    response.writeHead(200, { 'content-type': type, 'content-length': body.length });
    response.end(body);
  };
  if (request.method !== 'POST') return atItsPace(answer);
  request.resume().on('end', () => atItsPace(answer));
}

function onStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const { type, body } = answerTo(headers[':method'], headers[':path'] ?? '');
  stream.on('error', () => undefined);
  const answer = (): void => {
    if (stream.destroyed) return;
    stream.respond({ ':status': 200, 'content-type': type, 'content-length': body.length });
    stream.end(body);
  };
  if (headers[':method'] !== 'POST') return atItsPace(answer);
  stream.resume().on('end', () => atItsPace(answer));
}

function countConnection(socket: Socket): void {
  stats.connections += 1;
  socket.on('error', () => undefined);
}

const certificate = await makeCertificate();
const plain = createServer({ keepAliveTimeout: 0 }, onRequest).on('connection', countConnection);
const secure = createSecureServer({ ...certificate, allowHTTP1: true, settings: { maxConcurrentStreams: 100 } });
secure.on('stream', onStream).on('secureConnection', countConnection);
// Whoever speaks HTTP/1.1 on the TLS port is served there as well.
secure.on('request', (request, response) => {
  if (request.httpVersionMajor === 1)
    onRequest(request as unknown as IncomingMessage, response as unknown as ServerResponse);
});

const listen = (server: typeof plain | typeof secure): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', 1024, () => resolve((server.address() as AddressInfo).port));
  });

const ports = { http: await listen(plain), https: await listen(secure) };

process.on('message', (message: ToResponder) => {
  if (message.kind === 'pace') pace = { delayMs: message.delayMs, slots: message.slots ?? Infinity };
  process.send?.({ kind: 'stats', stats });
  stats = { ...IDLE_STATS };
});
process.on('disconnect', () => process.exit());
process.send?.({ kind: 'ready', ports, ca: certificate.cert });
