import { spawnSync } from 'node:child_process';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** A command that takes longer hangs, in milliseconds. In CI all of this gives way to the tests beside it. */
const LIMIT_MS = 600_000;

/** Runs a command to its end and gives what it printed; throws with the whole output where it failed. */
export function run(command: string, args: readonly string[], { cwd, env = process.env }: RunOptions): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: LIMIT_MS });
  const output = `${stdout}${stderr}`;
  if (status === 0 && error === undefined) return output;
  const end = error === undefined ? `exit ${String(status)}` : error.message;
  throw new Error(`${command} ${args.join(' ')} (${end})\n${output}`);
}
