import { type ContenderName, OURS } from '../contenders/contender-list.ts';
import type { CallKind } from '../payloads.ts';
import type { Results } from '../results.ts';
import type { Protocol } from '../start-responder.ts';

/** What one number is to be, and what it is. */
export interface Goal {
  readonly what: string;
  readonly unit: '' | '%';
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly measured: number;
}

export function isReached({ atMost = Infinity, atLeast = -Infinity, measured }: Goal): boolean {
  // The table shows two digits, and the judgement agrees with what it shows.
  const shown = Math.round(measured * 100) / 100;
  return shown <= atMost && shown >= atLeast;
}

/** Of the three ways to call, the dearest one counts. */
export function goalsOf(results: Results): Goal[] {
  const { coldStart, latency, batch, stub } = results;
  return [
    ...callGoals(results, 'h1', { get: 1.15, post: 1.15, large: 1.1 }),
    ...callGoals(results, 'h2', { get: 1, post: 1, large: 1.1 }),
    ratio('peak memory, to bare dispatch', dearestMemory(results, 'peakRssToDispatch'), 1.3),
    ratio('allocated for each call, to bare dispatch', dearestMemory(results, 'allocatedToDispatch'), 2),
    ...inFlightGoals(results),
    ratio('CPU of the last calls of a long run, to the cheapest before', callsMadeRatio(results), 1.15),
    ratio("import, to import 'undici'", coldStart.importRatio.median, 0.6),
    ratio('first answer of a new process, to the SDK', coldStart.firstAnswerRatio.median, 0.67),
    ratio('300 calls at once over HTTP/2, time to bare dispatch', latency.ratio.median, 1.15),
    ratio('300 calls at once over HTTP/2, connections', latency.ourConnections, 3),
    { what: "a batch of starts, share of the responder's time", unit: '%', atLeast: 90, measured: batch.used * 100 },
    ratio('`wrapFetchWithRetry`, to a controller and a timer', stub.ratio.median, 1.3),
  ];
}

const CALL_NAMES: Readonly<Record<CallKind, string>> = {
  get: 'GET of 60 bytes',
  post: 'POST of 1 kB',
  large: 'GET of 30 kB',
};

export const PROTOCOL_NAMES: Readonly<Record<Protocol, string>> = { h1: 'HTTP/1.1', h2: 'TLS + HTTP/2' };

function callGoals(results: Results, protocol: Protocol, limits: Readonly<Record<CallKind, number>>): Goal[] {
  const toDispatch = (call: CallKind, isMeant: (contender: ContenderName) => boolean): number =>
    Math.max(
      ...results.calls
        .filter((one) => one.protocol === protocol && one.call === call && isMeant(one.contender))
        .map((one) => one.toDispatch.median),
    );
  const dearest = (call: CallKind): number => toDispatch(call, isOurs);
  // Both were measured beside bare dispatch.
  const toSdk = (call: CallKind): number => dearest(call) / toDispatch(call, (contender) => contender === 'sdk');
  const kinds = Object.keys(limits) as CallKind[];
  return [
    ...kinds.map((call) =>
      ratio(`${CALL_NAMES[call]}, ${PROTOCOL_NAMES[protocol]}, to bare dispatch`, dearest(call), limits[call]),
    ),
    ...(['get', 'post'] as const).map((call) =>
      ratio(`${CALL_NAMES[call]}, ${PROTOCOL_NAMES[protocol]}, to the SDK`, toSdk(call), 0.22),
    ),
  ];
}

function dearestMemory({ memory }: Results, what: 'peakRssToDispatch' | 'allocatedToDispatch'): number {
  return Math.max(...memory.filter((one) => isOurs(one.contender)).map((one) => one[what]));
}

/** With one call in flight nothing is shared with others, so that 32 are the measure. */
function inFlightGoals({ inFlight }: Results): Goal[] {
  return (['h1', 'h2'] as const).map((protocol) => {
    const rows = inFlight.filter((row) => row.protocol === protocol);
    const at32 = rows.find((row) => row.inFlight === 32)?.groupsUs.median ?? Number.NaN;
    const most = Math.max(...rows.map((row) => row.groupsUs.median / at32));
    const last = Math.max(...rows.map((row) => row.inFlight)).toLocaleString('en');
    return ratio(`CPU at 1 to ${last} in flight, ${PROTOCOL_NAMES[protocol]}, dearest to that at 32`, most, 1.15);
  });
}

/** The first ones pay for the compiler as well, so that they are no measure. */
function callsMadeRatio({ callsMade }: Results): number {
  const before = callsMade.slice(0, -1).map((row) => row.cpuUs);
  return (callsMade.at(-1)?.cpuUs ?? Number.NaN) / Math.min(...before);
}

function isOurs(name: ContenderName): boolean {
  return OURS.includes(name);
}

function ratio(what: string, measured: number, atMost: number): Goal {
  return { what, unit: '', atMost, measured };
}
