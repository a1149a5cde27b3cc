import type { ApiOperation, ApiParameter } from './api-model.ts';

/** The comment above a function or a method: what it does, and what a caller must know before calling it twice. */
export function operationComment(operation: ApiOperation, indent: string): string {
  const paragraphs = [operation.summary + (/[.!?]$/.test(operation.summary) ? '' : '.')];
  if (operation.description !== undefined) paragraphs.push(operation.description);
  const notes = [
    `\`${operation.httpMethod} ${operation.path}\`, ${SERVER_NOTES[operation.server]}.`,
    replayNote(operation),
    ...waitNote(operation),
  ];
  const tags = [
    ...parameterTags(operation),
    ...(operation.deprecated ? ['@deprecated The server keeps it for old clients.'] : []),
  ];
  return comment([...paragraphs, notes.join('\n'), ...(tags.length > 0 ? [tags.join('\n')] : [])].join('\n\n'), indent);
}

/** The comment above one parameter. */
export function parameterComment(
  parameter: Pick<ApiParameter, 'description' | 'defaultValue'>,
  indent: string,
): string {
  const lines = [
    ...(parameter.description === undefined ? [] : [parameter.description]),
    ...(parameter.defaultValue === undefined ? [] : [`@default ${JSON.stringify(parameter.defaultValue)}`]),
  ];
  return lines.length === 0 ? '' : comment(lines.join('\n'), indent);
}

/** A documentation comment, with its line break at the end. A text cannot end it early. */
export function comment(text: string, indent: string): string {
  const lines = text.replaceAll('*/', String.raw`*\/`).split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

const SERVER_NOTES: Readonly<Record<ApiOperation['server'], string>> = {
  both: 'on every server',
  oss: 'on the open-source server only',
  orkes: 'on Orkes Conductor only',
};

const REPLAY_NOTES: Readonly<Record<ApiOperation['replay'], string>> = {
  safe: 'Replay: safe to send twice.',
  unsafe: 'Replay: not sent again when it may have been processed.',
  keyed:
    'Replay: sent again only with an idempotency key on a server that enforces keys (Orkes); the open-source one ignores them.',
};

function replayNote(operation: ApiOperation): string {
  const exceptions = operation.replayWhen.map(
    ({ param, is, replay }) => `With \`${param}: ${JSON.stringify(is)}\` it is ${replay}.`,
  );
  return [REPLAY_NOTES[operation.replay], ...exceptions].join(' ');
}

function waitNote({ wait }: ApiOperation): readonly string[] {
  if (wait === undefined) return [];
  const byDefault = wait.default === undefined ? '' : ` (${wait.default} ${wait.unit} unless told otherwise)`;
  return [`The server may hold its answer for \`${wait.param}\`${byDefault}.`];
}

function parameterTags(operation: ApiOperation): readonly string[] {
  const parameters = operation.parameters
    .filter((parameter) => !parameter.sameAsPath)
    .map((parameter) => `@param params.${parameter.name} ${firstLine(parameter.description)}`.trimEnd());
  const body =
    operation.body === undefined ? [] : [`@param params.body ${firstLine(operation.body.description)}`.trimEnd()];
  return [...parameters, ...body];
}

function firstLine(text: string | undefined): string {
  return text?.split('\n')[0] ?? '';
}
