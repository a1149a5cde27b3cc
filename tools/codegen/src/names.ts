/** Names of the generated code. Each is made here and nowhere else. */

/** `workflow` + `getStatus` -> `workflowGetStatus`, the function of face 1 and the operationId. */
export function functionName(group: string, method: string): string {
  return group + capitalized(method);
}

/** `workflow` + `getStatus` -> `workflowGetStatusOperation`. */
export function operationConstName(group: string, method: string): string {
  return `${functionName(group, method)}Operation`;
}

/** `workflow` + `getStatus` -> `WorkflowGetStatusParams`. */
export function paramsTypeName(group: string, method: string): string {
  return `${capitalized(functionName(group, method))}Params`;
}

/** `workflow` -> `WorkflowGroup`. */
export function groupTypeName(group: string): string {
  return `${capitalized(group)}Group`;
}

/** A name that needs no quotes as a property: `workflowId`; `X-Idempotency-key` needs them. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A string literal in the house's quotes. */
export function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
