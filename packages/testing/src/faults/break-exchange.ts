import type { LogEntry } from '../server/received-log.ts';
import type { TokenStore } from '../server/token-store.ts';
import type { Wire } from '../server/wire.ts';
import { DEFAULT_GARBAGE, type Fault, type Moment } from './fault.ts';
import { goAwayAbruptly, goAwayBelow, goAwayGracefully } from './goaway.ts';

export interface StruckExchange {
  readonly wire: Wire;
  readonly entry: LogEntry;
  readonly faults: readonly Fault[];
  readonly tokens: TokenStore;
  /** By the server's clock; ends early when the caller leaves. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Lets the faults of this moment strike. True: the exchange is over, nothing more may be sent. */
export async function breakExchange(exchange: StruckExchange, moment: Moment): Promise<boolean> {
  for (const fault of exchange.faults) {
    if (momentOf(fault) === moment && (await strike(exchange, fault))) return true;
  }
  return false;
}

/** Faults that shape the answer's body have no moment here: they strike while it is sent. */
function momentOf(fault: Fault): Moment | undefined {
  switch (fault.kind) {
    case 'delay':
    case 'reset':
    case 'close':
    case 'stall':
    case 'garbage':
    case 'reset-stream':
      return fault.at ?? 'before-handling';
    case 'goaway':
    case 'black-hole':
    case 'refuse-tokens':
      return 'before-handling';
    default:
      return undefined;
  }
}

async function strike({ wire, entry, tokens, pause }: StruckExchange, fault: Fault): Promise<boolean> {
  const { connection } = wire;
  switch (fault.kind) {
    case 'delay':
      await pause(fault.ms);
      return false;
    case 'refuse-tokens':
      tokens.reject(fault.code ?? 'EXPIRED_TOKEN');
      return false;
    case 'black-hole':
      connection.silence();
      return false;
    case 'reset':
      entry.outcome = 'reset';
      connection.reset();
      return true;
    case 'close':
      entry.outcome = 'closed';
      connection.close();
      return true;
    case 'stall':
      entry.outcome = 'stalled';
      await wire.gone;
      return true;
    case 'reset-stream':
      entry.outcome = 'stream-reset';
      wire.resetStream(fault.code ?? 7);
      return true;
    case 'garbage':
      entry.outcome = 'garbled';
      // Under an HTTP/2 session only the TCP socket may be written to, so over TLS the garbage stands below TLS.
      (connection.session === undefined ? connection.stream : connection.raw).end(fault.bytes ?? DEFAULT_GARBAGE);
      return true;
    case 'goaway':
      return goAway(wire, entry, fault.code ?? 0, fault.covers ?? true);
    default:
      return false;
  }
}

function goAway(wire: Wire, entry: LogEntry, code: number, covers: boolean): boolean {
  if (code !== 0) {
    entry.outcome = 'closed';
    goAwayAbruptly(wire.connection, code);
    return true;
  }
  if (covers || wire.protocol === 'HTTP/1.1') {
    goAwayGracefully(wire.connection);
    return false;
  }
  entry.outcome = 'stream-reset';
  goAwayBelow(wire);
  return true;
}
