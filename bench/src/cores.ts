import { spawnSync } from 'node:child_process';

/** A core for the client and another for the responder, so that neither takes time from the other. */
export interface Cores {
  readonly client: number;
  readonly responder: number;
}

/** `undefined` where there is no `taskset`, or only one core: then the system places the processes. */
export function chooseCores(): Cores | undefined {
  const { status, stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  const [client, responder] = status === 0 ? parseCores(stdout) : [];
  return client === undefined || responder === undefined ? undefined : { client, responder };
}

/** `pid 7's current affinity list: 0-3,6` has the cores 0, 1, 2, 3 and 6. */
export function parseCores(answer: string): number[] {
  return (answer.trim().split(' ').at(-1) ?? '').split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** The command that runs `command` on that core only. */
export function pinned(core: number | undefined, command: readonly string[]): [string, ...string[]] {
  const [program = process.execPath, ...rest] = command;
  return core === undefined ? [program, ...rest] : ['taskset', '-c', String(core), program, ...rest];
}
