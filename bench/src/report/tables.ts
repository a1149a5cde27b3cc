import { CONTENDERS, TITLES } from '../contenders/contender-list.ts';
import { CALL_KINDS, type CallKind } from '../payloads.ts';
import type { Results } from '../results.ts';
import { PROTOCOLS, type Protocol } from '../start-responder.ts';
import type { Spread } from '../statistics.ts';
import { goalsOf, isReached, PROTOCOL_NAMES } from './goals.ts';
import { type Align, markdownTable } from './markdown-table.ts';

const CALL_TITLES: Readonly<Record<CallKind, string>> = {
  get: 'GET, 60 bytes',
  post: 'POST, 1 kB',
  large: 'GET, 30 kB',
};

/** CPU and memory of each contender over one protocol. */
export function callTable(results: Results, protocol: Protocol): string {
  const head = [PROTOCOL_NAMES[protocol], ...CALL_KINDS.map((kind) => CALL_TITLES[kind]), 'peak memory', 'allocated'];
  const align: Align[] = ['left', 'right', 'right', 'right', 'right', 'right'];
  const measured = CONTENDERS.filter((contender) => results.memory.some((one) => one.contender === contender));
  const rows = measured.map((contender) => {
    const cells = CALL_KINDS.map((kind) => {
      const found = results.calls.find(
        (one) => one.protocol === protocol && one.call === kind && one.contender === contender,
      );
      return found === undefined ? '' : `${micros(found.cpuUs.median)} (${found.toDispatch.median.toFixed(2)})`;
    });
    const memory = results.memory.find((one) => one.protocol === protocol && one.contender === contender);
    const peak =
      memory === undefined ? '' : `${memory.peakRssMb.toFixed(0)} MB (${memory.peakRssToDispatch.toFixed(2)})`;
    const allocated =
      memory === undefined
        ? ''
        : `${(memory.allocatedBytes / 1024).toFixed(1)} kB (${memory.allocatedToDispatch.toFixed(2)})`;
    return [[TITLES[contender]], cells, [peak, allocated]].flat();
  });
  return markdownTable(head, align, rows);
}

/** What one call costs beside others, and after others. */
export function scaleTable({ inFlight, callsMade }: Results): string {
  const rows = [
    ...inFlight.map((row) => [
      `${count(row.inFlight)} in flight, ${PROTOCOL_NAMES[row.protocol]}`,
      micros(row.groupsUs.median),
      micros(row.dispatchUs.median),
    ]),
    ...callsMade.map((row) => [
      `up to call ${count(row.callsMade)}, HTTP/1.1`,
      micros(row.cpuUs),
      micros(row.dispatchUs),
    ]),
  ];
  return markdownTable(['GET, 60 bytes', 'our client', 'bare dispatch'], ['left', 'right', 'right'], rows);
}

export function otherTable({ coldStart, latency, batch, stub }: Results): string {
  const rows = [
    ["import (`import 'undici'`)", millis(coldStart.importOursMs), millis(coldStart.importUndiciMs)],
    ['new process to first answer (SDK)', millis(coldStart.firstAnswerOursMs), millis(coldStart.firstAnswerSdkMs)],
    ['300 calls of 30 ms at once, HTTP/2 (bare dispatch)', millis(latency.oursMs), millis(latency.dispatchMs)],
    ['connections for them', String(latency.ourConnections), String(latency.dispatchConnections)],
    [
      `${count(batch.starts)} starts: used of the responder's time (bare dispatch)`,
      percent(batch.used),
      percent(batch.dispatchUsed),
    ],
    [
      '`wrapFetchWithRetry` over a stub (controller and timer)',
      micros(stub.wrappedUs.median),
      micros(stub.timerUs.median),
    ],
  ];
  return markdownTable(['what (compared with)', 'ours', 'other'], ['left', 'right', 'right'], rows);
}

export function goalTable(results: Results): string {
  const rows = goalsOf(results).map((goal) => {
    const bound = goal.atMost === undefined ? `at least ${goal.atLeast} ${goal.unit}` : `at most ${goal.atMost}`;
    const measured = goal.unit === '%' ? `${goal.measured.toFixed(1)} %` : goal.measured.toFixed(2);
    return [goal.what, bound, measured, isReached(goal) ? 'yes' : 'no'];
  });
  return markdownTable(['goal', 'bound', 'measured', 'reached'], ['left', 'right', 'right', 'left'], rows);
}

/** All of it. */
export function allTables(results: Results): string {
  const calls = PROTOCOLS.map((protocol) => callTable(results, protocol));
  return [...calls, scaleTable(results), otherTable(results), goalTable(results)].join('\n\n');
}

/** How and on what it was measured. */
export function provenance({ date, node, undici, sdk, cpu, pinned, plan }: Results): string {
  const cores = pinned ? 'client and responder on a core each' : 'cores not pinned';
  const quick = plan === 'quick' ? ', quick run' : '';
  return `${date}, Node ${node.slice(1)}, undici ${undici}, published SDK ${sdk}, ${cpu}, ${cores}${quick}`;
}

function micros(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} µs`;
}

function millis({ median, low, high }: Spread): string {
  return `${median.toFixed(0)} ms (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
