import type { WorkflowDef } from './definition-types.ts';
import { isMap } from './field-readers.ts';
import { allSteps } from './flow.ts';
import type { JsonMap } from './json-map.ts';

/** Ends each expression and begins the next one; `$${...}` is an escape and none. */
const EXPRESSION_BORDERS = /(?=(?<!\$)\$\{)|(?<=\})/;

/** `${...}` may also name these: what the server says about itself, and the variables of its environment. */
const KNOWN_ROOTS = new Set(['workflow', 'CPEWF_TASK_ID', 'NETFLIX_ENV', 'NETFLIX_STACK']);

/** Inputs of the outermost steps that name a task which the workflow does not have. The real server looks no deeper. */
export function referenceProblems(def: WorkflowDef): string[] {
  const names = new Set(allSteps(def.tasks).map((step) => step.taskReferenceName));
  const isKnown = (root: string): boolean => names.has(root) || KNOWN_ROOTS.has(root) || root in process.env;
  return def.tasks.flatMap((step) => problemsOf(step.inputParameters, step.name, isKnown));
}

/** Spaces at the end do not count, nor do those in brackets, as in `input['a b']`. */
function hasSpaces(path: string): boolean {
  return path === '' || /\s\S/.test(path.replaceAll(/\[[^\]]*\]/g, '[]'));
}

function problemsOf(input: JsonMap, taskName: string, isKnown: (root: string) => boolean): string[] {
  return Object.entries(input).flatMap(([key, value]) => problemsIn(key, value, taskName, isKnown));
}

function problemsIn(key: string, value: unknown, taskName: string, isKnown: (root: string) => boolean): string[] {
  if (isMap(value)) return problemsOf(value, taskName, isKnown);
  if (Array.isArray(value)) return value.flatMap((entry) => problemsIn(key, entry, taskName, isKnown));
  if (typeof value !== 'string') return [];
  return value.split(EXPRESSION_BORDERS).flatMap((part) => {
    if (!part.startsWith('${') || !part.endsWith('}')) return [];
    const path = part.slice(2, -1);
    if (hasSpaces(path)) return [`key: ${key} input parameter value: ${path} is not valid`];
    const [root = ''] = path.split('.');
    if (isKnown(root)) return [];
    return [
      `taskReferenceName: ${root} for given task: ${taskName} input value: ${key} of input parameter: ${value} is not defined in workflow definition.`,
    ];
  });
}
