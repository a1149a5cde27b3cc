import vm from 'node:vm';

/** A script that did not end well. Its message goes into the task's reason. */
export class ScriptError extends Error {
  override readonly name: string = 'ScriptError';
}

/**
 * Runs a JavaScript expression of a workflow definition, with the task's input as `$`, and gives its completion value.
 *
 * The script gets a fresh global object each time and only JSON text crosses the border in either direction, so that no object of this process is in its
 * reach; it cannot compile code from text, and is stopped after `timeoutMs`. That keeps accidents in, but node:vm is no fortress: the embedded server
 * is for definitions you wrote, as any test is.
 */
export function runScript(source: string, input: unknown, timeoutMs: number): unknown {
  const context = vm.createContext(Object.create(null) as vm.Context, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  const run = (code: string, timeout = timeoutMs): unknown =>
    vm.runInContext(code, context, { timeout, filename: 'inline' });
  context['__input'] = JSON.stringify(input ?? null);
  READ_INPUT.runInContext(context);
  let result: unknown;
  try {
    result = run(source);
  } catch (error) {
    throw new ScriptError(messageOf(error, context, run));
  }
  return takeOut(result, context, run);
}

/** The engine of the real server has no `console` either. */
const READ_INPUT = new vm.Script('var $ = JSON.parse(__input); delete globalThis.console');

/**
 * A value leaves the script's realm as JSON text, so nothing of ours is ever called with its objects or the other way round. As on the real server what JSON
 * cannot say becomes null, the word for a number that is none, or an empty object.
 */
function takeOut(result: unknown, context: vm.Context, run: (code: string) => unknown): unknown {
  context['__result'] = result;
  try {
    const json = run(WRITE_RESULT);
    if (typeof json === 'string') return JSON.parse(json) as unknown;
  } catch {
    // It refers to itself, or its own code for this has failed.
  }
  throw new ScriptError('The result of the script cannot be written as JSON');
}

const WRITE_RESULT = `JSON.stringify([__result], function (key, value) {
  const given = this[key];
  if (given === undefined) return null;
  if (typeof given === 'number' && !isFinite(given)) return String(given);
  if (typeof given === 'bigint') return Number(given);
  if (typeof given === 'function' || typeof given === 'symbol' || given instanceof Date) return {};
  return given instanceof Map ? Object.fromEntries(given) : value;
}).slice(1, -1)`;

/** Enough for a busy machine to turn an error into text. */
const MESSAGE_TIMEOUT_MS = 1_000;

/** An error in the words of the real server's script engine: its kind, its message, and the line it comes from. */
function messageOf(error: unknown, context: vm.Context, run: (code: string, timeoutMs: number) => unknown): string {
  // Syntax errors are thrown by this realm; anything else belongs to the script and is turned into text over there.
  if (error instanceof Error) return evaluationFailed(`${error.name}: ${error.message}`, error.stack);
  context['__error'] = error;
  try {
    const text = run('String(__error && __error.stack ? __error : "Error: " + __error)', MESSAGE_TIMEOUT_MS);
    const stack = run('String(__error && __error.stack)', MESSAGE_TIMEOUT_MS);
    if (typeof text === 'string' && typeof stack === 'string') return evaluationFailed(text, stack);
  } catch {
    // Not even its message can be read.
  }
  return 'The script failed';
}

function evaluationFailed(text: string, stack: string | undefined): string {
  const words = text.replace(/^(TypeError: Cannot read propert)ies of (\w+) \(reading ('.*')\)$/s, '$1y $3 of $2');
  // What the script throws itself has no line there.
  const line = text.startsWith('Error: ') ? undefined : /inline:(\d+)/.exec(stack ?? '')?.[1];
  return `Error evaluating the script \`${words}\`${line === undefined ? '' : ` at line ${line}`}`;
}
