import { CONTENDERS, type ContenderName, OURS, TITLES } from '../contenders/contender-list.ts';
import type { CpuResult, Results } from '../results.ts';
import { PROTOCOLS, type Protocol } from '../start-responder.ts';
import { PROTOCOL_NAMES } from './goals.ts';
import { provenance } from './tables.ts';

const WIDTH = 860;
const LEFT = 270;
const RIGHT = 110;
const TOP = 58;
const ROW = 22;
const GROUP_GAP = 44;

/** CPU of one small GET as bars, one group for each protocol. Readable on a white page and on a dark one. */
export function plot(results: Results): string {
  const shown = results.calls.filter((one) => one.call === 'get');
  const longest = Math.max(...shown.map((one) => one.cpuUs.high));
  const groupHeight = CONTENDERS.length * ROW + GROUP_GAP;
  const height = TOP + PROTOCOLS.length * groupHeight + 4;
  const groups = PROTOCOLS.map((protocol, index) => group(shown, protocol, TOP + index * groupHeight, longest));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>CPU time of the client for one call</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff" rx="8"/>`,
    text({ x: 20, y: 26, size: 16, weight: 'bold' }, 'CPU time of the client for one GET of 60 bytes'),
    text({ x: 20, y: 45, size: 11, fill: '#57606a' }, provenance(results)),
    ...groups,
    '</svg>',
  ].join('\n')}\n`;
}

function group(shown: readonly CpuResult[], protocol: Protocol, top: number, longest: number): string {
  const scale = (value: number): number => (value / longest) * (WIDTH - LEFT - RIGHT);
  const rows = CONTENDERS.flatMap((contender, index) => {
    const found = shown.find((one) => one.protocol === protocol && one.contender === contender);
    return found === undefined ? [] : [bar(found, top + 24 + index * ROW, scale)];
  });
  return [text({ x: 20, y: top + 14, weight: 'bold' }, PROTOCOL_NAMES[protocol]), ...rows].join('\n');
}

function bar({ contender, cpuUs, toDispatch }: CpuResult, y: number, scale: (value: number) => number): string {
  const middle = y + ROW / 2;
  const from = LEFT + scale(cpuUs.low);
  const to = LEFT + scale(cpuUs.high);
  const label = `${cpuUs.median.toFixed(0)} µs (${toDispatch.median.toFixed(2)})`;
  return [
    text({ x: LEFT - 10, y: middle + 4, anchor: 'end' }, TITLES[contender].replaceAll('`', '')),
    `<rect x="${LEFT}" y="${y + 3}" width="${round(scale(cpuUs.median))}" height="${ROW - 6}" rx="2" fill="${colourOf(contender)}"/>`,
    `<path d="M${round(from)} ${middle}H${round(to)}" stroke="#1f2328" stroke-width="1.5"/>`,
    text({ x: round(Math.max(to, LEFT + scale(cpuUs.median)) + 8), y: middle + 4 }, label),
  ].join('\n');
}

function colourOf(contender: ContenderName): string {
  if (OURS.includes(contender)) return '#1f7a8c';
  return contender === 'sdk' ? '#c8553d' : '#adb5bd';
}

interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly weight?: 'bold';
  readonly anchor?: 'end';
  readonly fill?: string;
}

function text({ x, y, size, weight, anchor, fill = '#1f2328' }: TextStyle, content: string): string {
  const attributes = [
    `x="${x}" y="${y}" fill="${fill}"`,
    ...(size === undefined ? [] : [`font-size="${size}"`]),
    ...(weight === undefined ? [] : [`font-weight="${weight}"`]),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
  ];
  return `<text ${attributes.join(' ')}>${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
