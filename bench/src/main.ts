import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FULL, QUICK } from './plan.ts';
import { betweenMarkers } from './report/between-markers.ts';
import { plot } from './report/plot.ts';
import { allTables, callTable, provenance } from './report/tables.ts';
import type { Results } from './results.ts';
import { runSuite } from './run-suite.ts';

/*
 * pnpm bench            measures everything, in about five minutes; writes results/, and the tables of both READMEs
 * pnpm bench --quick    the same in short, and only prints
 * pnpm bench --report   measures nothing: tables and plot from the results that are there
 */

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, report: { type: 'boolean' } } });

const fileOf = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

// Rounded first: what is printed is what can be made from the file again.
const results = values.report === true ? readResults() : roundedCopy(await measure());
print(`\n${provenance(results)}, ${results.seconds} s\n\n${allTables(results)}`);
if (values.quick !== true) write(results);

function measure(): Promise<Results> {
  return runSuite(values.quick === true ? QUICK : FULL, (step) => print(`… ${step}`));
}

function readResults(): Results {
  return JSON.parse(readFileSync(fileOf('results/latest.json'), 'utf8')) as Results;
}

function write(latest: Results): void {
  mkdirSync(fileOf('results'), { recursive: true });
  writeFileSync(fileOf('results/latest.json'), `${JSON.stringify(latest, undefined, 2)}\n`);
  writeFileSync(fileOf('results/latest.svg'), plot(latest));
  const from = `_${provenance(latest)}. CPU time of the client's process for one call, beside it the ratio to bare dispatch._`;
  replace('../README.md', [from, callTable(latest, 'h1'), callTable(latest, 'h2')]);
  replace('README.md', [from, allTables(latest)]);
}

function replace(file: string, parts: readonly string[]): void {
  const page = readFileSync(fileOf(file), 'utf8');
  writeFileSync(fileOf(file), betweenMarkers(page, 'benchmark', parts.join('\n\n')));
}

/** Nobody needs more than four digits of a measurement. */
function roundedCopy(measured: Results): Results {
  const round = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  return JSON.parse(JSON.stringify(measured, round)) as Results;
}
