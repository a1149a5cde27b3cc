import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { apiSource } from './api-source.ts';
import { ossOperations } from './oss-operations.ts';

/** One run of the suite. */
export interface ContractRun {
  /** The real server that it is about; absent: each test file is about an embedded server of its own. */
  readonly realUrl: string | undefined;
  /** Where each test file writes the operations that it has called with success. */
  readonly callsFile: string;
  /** Our OpenAPI document in one piece: putting it together takes longer than most test files. */
  readonly documentFile: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly run: ContractRun;
  }
}

/** Of the operations that the open-source server has, these need one that was configured for them. */
const NOT_TO_BE_HAD = [
  // A queue for messages to workflows, which is off by default.
  'workflow.pushMessage',
  // An event queue for each status of a task.
  'queue.updateByRef',
  'queue.updateByTaskId',
  // A repair service, which wants another kind of queue.
  'admin.verifyAndRepair',
  // A store for secrets: those of its environment cannot be written, and its environment is empty.
  'secret.get',
  'secret.save',
  'secret.delete',
  // A task that waits for a remote agent.
  'a2a.notify',
  // An agent that comes to its end, for which it needs a language model: its stream ends only then.
  'agent.stream',
];

/** For the whole run: on embedded servers, or with CONTRACT_SERVER=real on the one at CONDUCTOR_SERVER_URL. */
export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const callsFile = join(folder, 'calls');
  const documentFile = join(folder, 'openapi.json');
  const document = apiSource();
  writeFileSync(documentFile, JSON.stringify(document));
  project.provide('run', { realUrl: realUrl(), callsFile, documentFile });
  return async () => {
    const called = new Set(readFileSync(callsFile, 'utf8').split('\n'));
    rmSync(folder, { recursive: true });
    if (!(await isWholeSuite(project))) return;
    const operations = ossOperations(document);
    const missing = operations.filter((name) => !called.has(name) && !NOT_TO_BE_HAD.includes(name));
    if (missing.length > 0) throw new Error(`No test has called these operations with success: ${missing.join(', ')}`);
    const had = NOT_TO_BE_HAD.filter((name) => called.has(name) || !operations.includes(name));
    if (had.length > 0) throw new Error(`Not to be had, says a list, but called or unknown: ${had.join(', ')}`);
  };
}

function realUrl(): string | undefined {
  if (process.env['CONTRACT_SERVER'] !== 'real') return undefined;
  const url = process.env['CONDUCTOR_SERVER_URL'];
  if (url === undefined)
    throw new Error('Set CONDUCTOR_SERVER_URL, or run `pnpm test:contract`, which boots a server.');
  return url;
}

/** Every file of the suite was run, and all of each. */
async function isWholeSuite(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles();
  const ran = new Set(project.vitest.state.getFiles().map(({ filepath }) => filepath));
  return project.vitest.config.testNamePattern === undefined && testFiles.every((file) => ran.has(file));
}
