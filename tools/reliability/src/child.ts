import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that answers each message with one. */
export interface Child extends AsyncDisposable {
  /** What it said first. */
  readonly hello: unknown;
  ask(question: string): Promise<unknown>;
  /** It stops where it is, and goes on where it was. */
  stop(): void;
  goOn(): void;
}

/** Starts a file of `processes/`. It ends with this process, if not before. */
export async function startChild(file: 'serve' | 'call', argument: string): Promise<Child> {
  const child: ChildProcess = fork(fileURLToPath(new URL(`processes/${file}.ts`, import.meta.url)), [argument], {
    execArgv: ['--conditions=@conductor-ts/source'],
    // Not those of the test runner.
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const [hello] = (await once(child, 'message')) as [unknown];
  const waiting: ((answer: unknown) => void)[] = [];
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => waiting[id]?.(answer));
  return {
    hello,
    ask(question) {
      return new Promise((resolve) => {
        child.send({ id: waiting.push(resolve) - 1, question });
      });
    },
    stop: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      const exited = child.exitCode === null ? once(child, 'exit') : undefined;
      // Also ends one that is stopped.
      child.kill('SIGKILL');
      await exited;
    },
  };
}
