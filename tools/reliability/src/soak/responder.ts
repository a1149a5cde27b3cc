/**
 * The other side of a soak, in a process of its own, so that the memory measured is the client's alone. Answers at once, and breaks something at fixed
 * intervals: a large 429, a reset in place of an answer, a GOAWAY or the end of the connection behind one.
 */
import { createServer, type Server } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';

const THROTTLED_EVERY = 997;
const RESET_EVERY = 1_999;
const ENDED_EVERY = 3_001;
const LARGE = 'x'.repeat(100_000);
const ANSWER = JSON.stringify([{ name: 'one', timeoutSeconds: 3_600 }]);
const JSON_HEADERS = { 'content-type': 'application/json' };

let count = 0;
const trouble = (): 'throttle' | 'reset' | 'end' | undefined => {
  count += 1;
  if (count % THROTTLED_EVERY === 0) return 'throttle';
  if (count % RESET_EVERY === 0) return 'reset';
  return count % ENDED_EVERY === 0 ? 'end' : undefined;
};

function serveHttp1(): Server {
  return createServer((request, response) => {
    request.resume();
    const kind = trouble();
    if (kind === 'reset') return void request.socket.resetAndDestroy();
    if (kind === 'throttle') return void response.writeHead(429, { ...JSON_HEADERS, 'retry-after': '0' }).end(LARGE);
    if (kind === 'end') response.setHeader('connection', 'close');
    return void response.writeHead(200, JSON_HEADERS).end(ANSWER);
  });
}

function serveHttp2(): ReturnType<typeof createHttp2Server> {
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.resume();
    const kind = trouble();
    if (kind === 'reset') return stream.close(2);
    stream.respond({ ':status': kind === 'throttle' ? 429 : 200, ...JSON_HEADERS, 'retry-after': '0' });
    stream.end(kind === 'throttle' ? LARGE : ANSWER);
    if (kind === 'end') stream.session?.close();
    return undefined;
  });
  return server;
}

const server = process.argv[2] === 'HTTP/1.1' ? serveHttp1() : serveHttp2();
server.listen(0, '127.0.0.1', () =>
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
process.on('disconnect', () => process.exit());
