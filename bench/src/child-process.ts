import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pinned } from './cores.ts';

/** A program of this package in a process of its own; one question at a time. */
export class Child<Question, Answer> {
  readonly #process: ChildProcess;
  readonly #name: string;
  #settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  constructor(
    program: string,
    args: readonly string[],
    core: number | undefined,
    env: Readonly<Record<string, string>>,
  ) {
    this.#name = [program, ...args].join(' ');
    const file = fileURLToPath(new URL(program, import.meta.url));
    const [command, ...rest] = pinned(core, [process.execPath, file, ...args]);
    this.#process = spawn(command, rest, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...env },
    });
    this.#process.on('message', (answer) => this.#settle?.resolve(answer as Answer));
    this.#process.on('exit', (code) => this.#settle?.reject(new Error(`${this.#name} ended with ${String(code)}`)));
  }

  /** What it says next, unasked. */
  next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  ask(question: Question): Promise<Answer> {
    const answer = this.next();
    this.#process.send(question as object);
    return answer;
  }

  async stop(): Promise<void> {
    this.#settle = undefined;
    if (this.#process.exitCode !== null) return;
    const gone = new Promise((resolve) => {
      this.#process.once('exit', resolve);
    });
    this.#process.kill('SIGKILL');
    await gone;
  }
}
