import type { Clock } from '../clock.ts';
import { type StruckExchange, breakExchange } from '../faults/break-exchange.ts';
import type { StatusFault } from '../faults/fault.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { sendAnswer } from '../faults/send-answer.ts';
import { type Answer, plainError } from './answer.ts';
import { deferred } from './deferred.ts';
import { type DispatchedAnswer, type ParsedTarget, dispatch, parseTarget } from './dispatcher.ts';
import { type ReceivedLog, recordBody } from './received-log.ts';
import type { RouteContext } from './route.ts';
import type { Router } from './router.ts';
import type { ReceivedBody, Wire } from './wire.ts';

/** What every exchange of a server shares. */
export interface ExchangeHost {
  readonly router: Router;
  readonly context: RouteContext;
  readonly faults: FaultSwitches;
  readonly log: ReceivedLog;
  readonly clock: Clock;
  readonly basePath: string;
  /** Whether the servlet container refuses paths before the router sees them. */
  readonly container: boolean;
  readonly maxBodyBytes: number;
  readonly count: { applied: number };
}

/** One request from its head to the last byte of its answer. */
export async function serveExchange(wire: Wire, host: ExchangeHost): Promise<void> {
  const target = parseTarget(host, wire.method, wire.target);
  const { match } = target;
  const operation = match.found === 'route' ? match.route.operation : undefined;
  const facts = { method: wire.method, path: target.path, operation, protocol: wire.protocol };
  const faults = host.faults.strikeRequest(facts);
  const entry = host.log.add({
    ...facts,
    atMs: host.clock.now(),
    query: target.search,
    headers: wire.headers,
    token: host.context.tokens.serialOf(wire.headers['x-authorization']),
    connection: wire.connection.id,
  });
  entry.faults = faults.map(({ kind }) => kind);
  const exchange: StruckExchange = {
    wire,
    entry,
    faults,
    tokens: host.context.tokens,
    pause: (ms) => pause(host.clock, ms, wire.gone),
  };
  await run(exchange, target, host);
  if (entry.outcome === 'pending') entry.outcome = 'gone';
}

async function run(exchange: StruckExchange, target: ParsedTarget, host: ExchangeHost): Promise<void> {
  const { wire, entry } = exchange;
  if (await breakExchange(exchange, 'before-reading')) return;
  const body = await wire.readBody(host.maxBodyBytes);
  recordBody(entry, body.bytes);
  // A request that never arrived whole is not carried out.
  if (body.state === 'cut') return;
  if (await breakExchange(exchange, 'before-handling')) return;
  const { answer, applied } = await answerFor(exchange, target, body, host);
  entry.applied = applied;
  if (applied) host.count.applied += 1;
  if (await breakExchange(exchange, 'after-handling')) return;
  await wire.connection.whenAudible();
  // The caller may have left long ago; what it asked for has been done all the same, as on any server.
  if (wire.isGone || host.context.closing.aborted) return;
  await sendAnswer(exchange, answer);
}

async function answerFor(
  { wire, faults }: StruckExchange,
  target: ParsedTarget,
  body: ReceivedBody,
  host: ExchangeHost,
): Promise<DispatchedAnswer> {
  const forced = faults.find((fault): fault is StatusFault => fault.kind === 'status');
  if (forced !== undefined && forced.applied !== true) return { answer: forcedAnswer(forced), applied: false };
  if (body.state === 'too-big') {
    // The rest of the body is not read, so the connection cannot be used again.
    wire.connection.closesAfterAnswer = true;
    const limit = `is greater than the permissible limit: ${host.maxBodyBytes} bytes`;
    return { answer: plainError(500, `The payload size of the request ${limit}`), applied: false };
  }
  // What the servlet container refuses itself is the end of the connection, too.
  if (target.match.found === 'malformed' && wire.protocol === 'HTTP/1.1') wire.connection.closesAfterAnswer = true;
  const { method, headers } = wire;
  const dispatched = await dispatch({ method, headers, body: body.bytes, target }, host.context);
  return forced === undefined ? dispatched : { ...dispatched, answer: forcedAnswer(forced) };
}

function forcedAnswer({ status, headers = {}, body }: StatusFault): Answer {
  if (body === undefined) {
    const answer = plainError(status, `Fault: ${status}`);
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }
  const isText = typeof body === 'string';
  const contentType = isText ? 'text/plain;charset=UTF-8' : 'application/json';
  return { status, headers: { 'content-type': contentType, ...headers }, body: isText ? body : JSON.stringify(body) };
}

/** Waits by the server's clock, or until the caller leaves. */
async function pause(clock: Clock, ms: number, gone: Promise<void>): Promise<void> {
  const { promise, resolve } = deferred();
  const timer = clock.setTimer(resolve, ms);
  await Promise.race([promise, gone]);
  timer.cancel();
}
