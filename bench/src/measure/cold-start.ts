import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pinned } from '../cores.ts';
import { pathOf, WORKFLOW_ID } from '../payloads.ts';
import type { ColdStartResult } from '../results.ts';
import { ratioOf, spreadOf } from '../statistics.ts';
import type { Lab } from './lab.ts';

/** A new process each time: how long an import takes, and how long it is from the start of the process to its first answer. */
export function measureColdStart({ plan, cores, responder }: Lab): ColdStartResult {
  const run = (program: string): number => {
    const [command, ...args] = pinned(cores?.client, [process.execPath, '--input-type=module', '-e', program]);
    // Where this package's own dependencies are found.
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    return Number(execFileSync(command, args, { cwd, env: { ...process.env, ...responder.env }, encoding: 'utf8' }));
  };
  const programs = {
    importOurs: importOf('@conductor-ts/client'),
    importUndici: importOf('undici'),
    ours: firstAnswer('@conductor-ts/client', responder.urls.h1),
    sdk: firstAnswer('@io-orkes/conductor-javascript', responder.urls.h1),
  };
  const times = { importOurs: [], importUndici: [], ours: [], sdk: [] } as Record<keyof typeof programs, number[]>;
  const names = Object.keys(programs) as (keyof typeof programs)[];
  for (const name of names) run(programs[name]);
  for (let round = 0; round < plan.coldStarts; round += 1)
    for (const name of names) times[name].push(run(programs[name]));
  return {
    importOursMs: spreadOf(times.importOurs),
    importUndiciMs: spreadOf(times.importUndici),
    importRatio: ratioOf(times.importOurs, times.importUndici),
    firstAnswerOursMs: spreadOf(times.ours),
    firstAnswerSdkMs: spreadOf(times.sdk),
    firstAnswerRatio: ratioOf(times.ours, times.sdk),
  };
}

function importOf(name: string): string {
  return `const startedMs = performance.now(); await import('${name}'); console.log(performance.now() - startedMs);`;
}

/** The same program for both: they share these names. `performance.now()` counts from the start of the process. */
function firstAnswer(name: string, serverUrl: string): string {
  return `
    const { createConductorClient } = await import('${name}');
    const client = await createConductorClient({ serverUrl: '${serverUrl}', keyId: 'key', keySecret: 'secret' });
    const { workflowId } = await client.workflowResource.getExecutionStatus('${WORKFLOW_ID}', false);
    if (workflowId !== '${WORKFLOW_ID}') throw new Error('Not the answer of ${pathOf('get')}');
    console.log(performance.now());
    process.exit();`;
}
