import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../clock.ts';
import { createKernel } from './create-kernel.ts';
import type { Execution } from './execution.ts';
import { isMap, readList, readMap, readOptionalMap } from './field-readers.ts';
import type { Kernel } from './kernel.ts';
import { snapshotOfWorkflow } from './snapshots.ts';
import { readStart } from './start-workflow.ts';
import { hasEnded } from './status.ts';
import { readStatus, updateTask } from './task-update.ts';
import type { JsonMap } from './json-map.ts';
import type { Task, Workflow } from './types.ts';

const REQUEST = 'com.netflix.conductor.common.run.WorkflowTestRequest';

/** So many mocks or timers in a row, and the test is over: a loop in the definition must not hang the server. */
const MAX_STEPS = 10_000;

/** Runs a workflow on an engine of its own, with mocked outputs for its tasks and a clock that jumps to whatever is due next. */
export function testWorkflow(kernel: Kernel, request: unknown): Workflow {
  const clock = new JumpingClock(kernel.clock.now());
  const sandbox = createKernel({ ...kernel.options, clock }, kernel.metadata);
  // A domain of its own keeps the tasks from all workers, and shows in the answer.
  const root = sandbox.begin({ ...readStart(sandbox, request), taskToDomain: { '*': randomUUID() } });
  const mocks = new Map([[root.workflow.workflowId, readMocks(request)]]);
  for (let step = 0; step < MAX_STEPS && !hasEnded(root.workflow.status); step += 1) {
    adoptChildren(sandbox, request, mocks);
    if (!answerNextTask(sandbox, mocks) && !clock.runNext()) break;
  }
  return snapshotOfWorkflow(root);
}

type Mocks = Map<string, JsonMap[]>;

function readMocks(request: unknown): Mocks {
  const mocks = readOptionalMap(readMap(request, REQUEST)['taskRefToMockOutput'], 'java.util.Map') ?? {};
  return new Map(
    Object.entries(mocks).map(([ref, list]) => [
      ref,
      readList(list, 'java.util.List').map((mock) => readMap(mock, `${REQUEST}$TaskMock`)),
    ]),
  );
}

/** A child's mocks are found by the reference name of the SUB_WORKFLOW task; without any it shares the parent's. */
function adoptChildren(sandbox: Kernel, request: unknown, mocks: Map<string, Mocks>): void {
  for (const { workflow } of sandbox.executions.all()) {
    if (mocks.has(workflow.workflowId) || workflow.parentWorkflowTaskId === undefined) continue;
    const ref = sandbox.executions.findTask(workflow.parentWorkflowTaskId)?.task.referenceTaskName ?? '';
    const byRef = readMap(request, REQUEST)['subWorkflowTestRequest'];
    const own = isMap(byRef) ? byRef[ref] : undefined;
    mocks.set(
      workflow.workflowId,
      own === undefined ? (mocks.get(workflow.parentWorkflowId ?? '') ?? new Map()) : readMocks(own),
    );
  }
}

/** Answers the first open task that still has a mock. */
function answerNextTask(sandbox: Kernel, mocks: Map<string, Mocks>): boolean {
  for (const execution of sandbox.executions.all()) {
    for (const task of execution.pending) {
      const queue = mocks.get(execution.workflow.workflowId);
      const mock = (queue?.get(task.referenceTaskName) ?? queue?.get(task.workflowTask.taskReferenceName))?.shift();
      if (mock && isAnswerable(execution, task)) {
        answer(sandbox, task, mock);
        return true;
      }
    }
  }
  return false;
}

function isAnswerable(execution: Execution, task: Task): boolean {
  return !hasEnded(execution.workflow.status) && (task.status === 'SCHEDULED' || task.status === 'IN_PROGRESS');
}

function answer(sandbox: Kernel, task: Task, mock: JsonMap): void {
  updateTask(sandbox, {
    workflowInstanceId: task.workflowInstanceId,
    taskId: task.taskId,
    status: readStatus(mock['status']) ?? 'COMPLETED',
    outputData: readOptionalMap(mock['output'], 'java.util.Map') ?? {},
    callbackAfterSeconds: task.callbackAfterSeconds,
    logs: [],
    extendLease: false,
  });
}

/** Time passes only when somebody asks for the next timer. */
class JumpingClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<{ dueMs: number; run: () => void }>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimer(run: () => void, delayMs: number): Timer {
    const timer = { dueMs: this.#nowMs + delayMs, run };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  runNext(): boolean {
    const [next] = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs);
    if (!next) return false;
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    next.run();
    return true;
  }
}
