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
  const run = (code: string): unknown => vm.runInContext(code, context, { timeout: timeoutMs, displayErrors: false });
  context['__input'] = JSON.stringify(input ?? null);
  READ_INPUT.runInContext(context);
  let result: unknown;
  try {
    result = run(source);
  } catch (error) {
    throw new ScriptError(messageOf(error, context, run));
  }
  return isPlain(result) ? (result ?? null) : takeOut(result, context, run);
}

const READ_INPUT = new vm.Script('var $ = JSON.parse(__input)');

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}

/** An object leaves the script's realm as JSON text, so nothing of ours is ever called with its objects or the other way round. */
function takeOut(result: unknown, context: vm.Context, run: (code: string) => unknown): unknown {
  context['__result'] = result;
  try {
    const json = run('JSON.stringify(__result)');
    return typeof json === 'string' ? (JSON.parse(json) as unknown) : null;
  } catch {
    throw new ScriptError('The result of the script cannot be written as JSON');
  }
}

function messageOf(error: unknown, context: vm.Context, run: (code: string) => unknown): string {
  // Syntax errors and the timeout are thrown by this realm; anything else belongs to the script and is turned into text over there.
  if (error instanceof Error) return error.message;
  context['__error'] = error;
  try {
    const text = run('String(__error && __error.message || __error)');
    return typeof text === 'string' ? text : 'The script failed';
  } catch {
    return 'The script failed';
  }
}
