import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { chooseCores } from './cores.ts';
import { measureBatch } from './measure/batch.ts';
import { measureCallsMade } from './measure/calls-made.ts';
import { measureColdStart } from './measure/cold-start.ts';
import { measureCalls } from './measure/cpu-per-call.ts';
import { measureInFlight } from './measure/in-flight.ts';
import type { Lab } from './measure/lab.ts';
import { measureLatency } from './measure/latency.ts';
import { measureStub } from './measure/stub.ts';
import type { Plan } from './plan.ts';
import type { Results } from './results.ts';
import { startResponder } from './start-responder.ts';

/** Measures everything, one thing after the other. `tell` hears what comes next. */
export async function runSuite(plan: Plan, tell: (step: string) => void): Promise<Results> {
  const startedMs = performance.now();
  const cores = chooseCores();
  const responder = await startResponder(cores);
  const lab: Lab = { plan, cores, responder };
  try {
    tell('calls over HTTP/1.1');
    const h1 = await measureCalls(lab, 'h1');
    tell('calls over TLS and HTTP/2');
    const h2 = await measureCalls(lab, 'h2');
    tell('calls in flight');
    const inFlight = [...(await measureInFlight(lab, 'h1')), ...(await measureInFlight(lab, 'h2'))];
    tell('calls made');
    const callsMade = await measureCallsMade(lab);
    tell('cold starts');
    const coldStart = measureColdStart(lab);
    tell('many calls at once over HTTP/2');
    const latency = await measureLatency(lab);
    tell('a batch of starts');
    const batch = await measureBatch(lab);
    tell('the retry layer alone');
    const stub = await measureStub(lab);
    return {
      plan: plan.name,
      date: new Date().toISOString().slice(0, 10),
      node: process.version,
      undici: versionOf('undici'),
      sdk: versionOf('@io-orkes/conductor-javascript'),
      cpu: cpus()[0]?.model.trim() ?? '',
      pinned: cores !== undefined,
      seconds: Math.round((performance.now() - startedMs) / 1000),
      calls: [...h1.calls, ...h2.calls],
      memory: [...h1.memory, ...h2.memory],
      inFlight,
      callsMade,
      coldStart,
      latency,
      batch,
      stub,
    };
  } finally {
    await responder.stop();
  }
}

/** Not every package lets its package.json be imported: it is looked for beside the code. */
function versionOf(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(name) + name.length);
  return (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string }).version.replace(/^v/, '');
}
