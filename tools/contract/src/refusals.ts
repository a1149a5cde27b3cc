import { expect } from 'vitest';
import { raw } from './contract.ts';

/** The error body of a refused request, which must be JSON. `body` is sent as it is when it is text. */
export async function refused(request: string, body?: unknown): Promise<unknown> {
  const [method = '', path = ''] = request.split(' ', 2);
  const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await raw(method, path, sent);
  expect(answer.type, `${request} answered ${answer.status}: ${answer.body}`).toBe('application/json');
  const refusal = JSON.parse(answer.body) as { status: number; validationErrors?: { message: string }[] };
  expect(refusal.status, 'the status in the body is that of the answer').toBe(answer.status);
  // The server lists them in no order.
  refusal.validationErrors?.sort((a, b) => (a.message < b.message ? -1 : 1));
  return refusal;
}

/** What the server says where it refuses a request. */
export function refusal(status: number, message: unknown): unknown {
  return { status, message, instance: expect.any(String) as string, retryable: false };
}

/** The beginning of a message that goes on in words of the server's framework. */
export function begins(text: string): unknown {
  return expect.stringMatching(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

/** Path, message and sometimes the value of each field that is wrong. */
export function invalid(...problems: [path: string, message: unknown, value?: string][]): unknown {
  return {
    status: 400,
    message: 'Validation failed, check below errors for detail.',
    retryable: false,
    validationErrors: problems
      .map(([path, message, value]) =>
        value === undefined ? { path, message } : { path, message, invalidValue: value },
      )
      .toSorted((a, b) => (String(a.message) < String(b.message) ? -1 : 1)),
  };
}
