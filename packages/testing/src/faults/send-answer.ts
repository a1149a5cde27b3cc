import type { Answer } from '../server/answer.ts';
import type { Wire } from '../server/wire.ts';
import { type StruckExchange, breakExchange } from './break-exchange.ts';
import type { DripFault, Fault, TruncateFault } from './fault.ts';

/** Puts an answer on the wire, in the shape that the faults of this exchange give it. */
export async function sendAnswer(exchange: StruckExchange, answer: Answer): Promise<void> {
  const { wire, entry, faults } = exchange;
  entry.status = answer.status;
  const body = Buffer.from(wire.method === 'HEAD' ? '' : (answer.body ?? ''));
  for (const fault of faults) {
    if (fault.kind === 'truncate') return sendTruncated(exchange, answer, body, fault);
    if (fault.kind === 'drip') return sendDripping(exchange, answer, body, fault);
    if (fault.kind === 'endless-body') return sendEndless(exchange, answer);
    if (isInBody(fault)) return sendHalf(exchange, answer, body);
  }
  wire.writeHead(answer.status, answer.headers);
  if (body.length > 0) void wire.write(body);
  wire.end();
  entry.outcome = 'answered';
}

/** The head promises a whole body; half of it is sent, and then the fault strikes. */
async function sendHalf(exchange: StruckExchange, answer: Answer, body: Buffer): Promise<void> {
  await sendStart(exchange.wire, answer, body, Math.floor(body.length / 2));
  await breakExchange(exchange, 'in-body');
}

async function sendTruncated(
  { wire, entry }: StruckExchange,
  answer: Answer,
  body: Buffer,
  fault: TruncateFault,
): Promise<void> {
  const bytes = Math.min(fault.bytes ?? Math.floor(body.length / 2), body.length);
  entry.outcome = 'truncated';
  if (fault.framing === 'close') {
    await sendCloseDelimited(wire, answer, body.subarray(0, bytes));
    return;
  }
  await sendStart(wire, answer, body, bytes);
  if (wire.protocol === 'HTTP/2') wire.end();
  else wire.connection.close();
}

async function sendDripping(
  { wire, entry, pause }: StruckExchange,
  answer: Answer,
  body: Buffer,
  { bytes = 1, everyMs }: DripFault,
): Promise<void> {
  wire.writeHead(answer.status, answer.headers);
  for (let sent = 0; sent < body.length; sent += bytes) {
    await pause(everyMs);
    if (wire.isGone) return void (entry.outcome = 'gone');
    await wire.write(body.subarray(sent, sent + bytes));
  }
  await wire.connection.whenAudible();
  wire.end();
  entry.outcome = 'answered';
}

async function sendEndless({ wire, entry }: StruckExchange, answer: Answer): Promise<void> {
  const { 'content-length': _length, ...headers } = answer.headers;
  const chunk = Buffer.alloc(65_536, ' ');
  wire.writeHead(answer.status, headers);
  // Each write waits for the one before, so a caller that stops reading costs no memory here.
  while (!wire.isGone) await wire.write(chunk);
  entry.outcome = 'gone';
}

async function sendStart(wire: Wire, answer: Answer, body: Buffer, bytes: number): Promise<void> {
  // An answer without a body is made to promise one: there is no middle otherwise.
  const length = Math.max(body.length, 2);
  wire.writeHead(answer.status === 204 ? 200 : answer.status, { ...answer.headers, 'content-length': String(length) });
  await wire.write(bytes > 0 ? body.subarray(0, bytes) : Buffer.from('{'));
}

/** Nothing but the end of the connection ends this body: the caller cannot tell that some of it is missing. */
async function sendCloseDelimited(wire: Wire, answer: Answer, part: Buffer): Promise<void> {
  const { 'content-length': _length, ...headers } = answer.headers;
  if (wire.protocol === 'HTTP/2') {
    wire.writeHead(answer.status, headers);
    await wire.write(part);
    wire.end();
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // Below the HTTP layer, which would frame the body in chunks.
  wire.connection.stream.write(`HTTP/1.1 ${answer.status} \r\n${lines.join('')}connection: close\r\n\r\n`);
  wire.connection.stream.end(part);
}

const isInBody = (fault: Fault): boolean => 'at' in fault && fault.at === 'in-body';
