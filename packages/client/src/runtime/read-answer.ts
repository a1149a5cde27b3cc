import { ParseError, type UnreadableAnswer } from '../errors/parse-error.ts';
import type { Operation } from './operation.ts';
import type { ParseJson } from './parse-json.ts';

/** How much of an unreadable answer an error shows. */
const SNIPPET_LENGTH = 200;

/** What a response of the retry layer has beyond those of the platform. */
interface ViewedResponse {
  /** The whole text, which has been read already. */
  viewText(): string;
}

/** Takes known secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * The value of a successful answer. No body (204, or a length of zero) is `undefined` or an empty list where the
 * operation says so, and an error where JSON was to come: typed as an object, `undefined` would only fail later.
 * Headers are looked at only when something is wrong: reading them is what a light response is slow at.
 *
 * @returns the value, or a promise of it where the body is still on its way
 */
export function readAnswer(
  operation: Operation,
  response: Response & Partial<ViewedResponse>,
  redact: Redact,
  parse: ParseJson = JSON.parse,
): unknown {
  if (response.status === 204) return emptyAnswer(operation, response, redact);
  if (operation.response === 'binary') return readBytes(operation, response, redact);
  const read = (text: string): unknown => readText(operation, response, text, redact, parse);
  const text = textOf(response);
  return typeof text === 'string' ? read(text) : text.then(read);
}

/** The whole body as text, at once where all of it is there. */
export function textOf(response: Response & Partial<ViewedResponse>): string | Promise<string> {
  return response.viewText?.() ?? response.text();
}

function readText(operation: Operation, response: Response, raw: string, redact: Redact, parse: ParseJson): unknown {
  const text = withoutByteOrderMark(raw);
  if (text === '') return emptyAnswer(operation, response, redact);
  // A user interface answers its start page to every unknown path: a wrong serverUrl must not pass for success.
  if (text.trimStart().startsWith('<') && isHtml(response)) throw unreadable(operation, response, text, redact);
  switch (operation.response) {
    case 'void':
      return undefined;
    case 'text':
      return unquoted(text);
    case 'json':
      return parseJson(operation, response, text, redact, parse);
    default:
      return isJson(response) ? parseJson(operation, response, text, redact, parse) : text;
  }
}

function emptyAnswer(operation: Operation, response: Response, redact: Redact): unknown {
  if (operation.empty !== undefined) return operation.empty === 'list' ? [] : undefined;
  switch (operation.response) {
    case 'json':
      throw new ParseError(operation.name, {
        ...headOf(response, redact),
        snippet: '',
        bodyLength: 0,
        trouble: 'empty',
      });
    case 'text':
      return '';
    case 'binary':
      return new Uint8Array();
    default:
      return undefined;
  }
}

async function readBytes(operation: Operation, response: Response, redact: Redact): Promise<unknown> {
  if (isHtml(response)) throw unreadable(operation, response, await response.text(), redact);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length === 0 ? emptyAnswer(operation, response, redact) : bytes;
}

function parseJson(operation: Operation, response: Response, text: string, redact: Redact, parse: ParseJson): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw unreadable(operation, response, text, redact, error);
  }
}

/** Some servers send an id as text, others the same id as a JSON string. */
function unquoted(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isHtml(response: Response): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? '');
}

function isJson(response: Response): boolean {
  return /^\s*application\/([\w.+-]*\+)?json/i.test(response.headers.get('content-type') ?? '');
}

function headOf({ status, headers }: Response, redact: Redact): Pick<UnreadableAnswer, 'status' | 'contentType'> {
  const contentType = headers.get('content-type');
  // Redacted before it is cut, as the body.
  return { status, contentType: contentType === null ? undefined : redact(contentType).slice(0, SNIPPET_LENGTH) };
}

function unreadable(
  operation: Operation,
  response: Response,
  text: string,
  redact: Redact,
  cause?: unknown,
): ParseError {
  return new ParseError(
    operation.name,
    {
      ...headOf(response, redact),
      // Redacted before it is cut: half a secret would not be recognised.
      snippet: redact(text).slice(0, SNIPPET_LENGTH),
      bodyLength: text.length,
      trouble: isHtml(response) || /^\s*<(!doctype|html)/i.test(text) ? 'web-page' : 'not-json',
    },
    // JSON.parse quotes the text in its message: what it says must not carry more than the snippet does.
    cause instanceof SyntaxError ? new SyntaxError(redact(cause.message).slice(0, SNIPPET_LENGTH)) : cause,
  );
}
