import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { brand } from '../../src/errors/brand.ts';
import { ClientClosedError } from '../../src/errors/client-closed-error.ts';
import { ConductorApiError } from '../../src/errors/conductor-api-error.ts';
import { ConductorSdkError } from '../../src/errors/conductor-sdk-error.ts';
import { InvalidRequestError } from '../../src/errors/invalid-request-error.ts';
import { ParseError } from '../../src/errors/parse-error.ts';
import { UnsupportedByServerError } from '../../src/errors/unsupported-by-server-error.ts';

const facts = { operation: 'a.b', method: 'GET', pathTemplate: '/a', attempts: 1, elapsedMs: 2 };
const page = { status: 200, contentType: 'text/html', snippet: '<', bodyLength: 1, trouble: 'web-page' } as const;
const errors = [
  new ConductorSdkError('x'),
  new ConductorApiError({ status: 404 }, facts),
  new UnsupportedByServerError({ status: 404 }, facts, 'oss'),
  new ParseError('a.b', page),
  new ClientClosedError('a.b', false),
  new InvalidRequestError('a.b', { path: 'p', trouble: 't', advice: 'd' }),
] as const;

test('every error is a ConductorSdkError with a name, a code and, but for the bare base, a hint', () => {
  for (const error of errors) {
    expect(error).toBeInstanceOf(ConductorSdkError);
    expect(error.name).toMatch(/Error$/);
    expect(error.code).toMatch(/^[A-Z_]+$/);
  }
  expect(errors.slice(1).every(({ hint }) => typeof hint === 'string' && hint !== '')).toBe(true);
});

test('an error is of its class and of its bases, never of a sibling', () => {
  const classes = [ConductorApiError, UnsupportedByServerError, ParseError, ClientClosedError, InvalidRequestError];
  const table = errors.map((error) => classes.filter((ours) => error instanceof ours).map(({ name }) => name));
  expect(table).toEqual([
    [],
    ['ConductorApiError'],
    ['ConductorApiError', 'UnsupportedByServerError'],
    ['ParseError'],
    ['ClientClosedError'],
    ['InvalidRequestError'],
  ]);
});

test('errors of another installed copy are of our classes, and ours of theirs', async () => {
  const path: string = '../../src/errors/conductor-api-error.ts?copy';
  const copy = (await import(path)) as {
    ConductorApiError: typeof ConductorApiError;
  };
  expect(copy.ConductorApiError).not.toBe(ConductorApiError);
  const theirs: unknown = new copy.ConductorApiError({ status: 409 }, facts);
  expect(theirs).toBeInstanceOf(ConductorApiError);
  expect(theirs).toBeInstanceOf(ConductorSdkError);
  expect(theirs).not.toBeInstanceOf(ParseError);
  expect(errors[1]).toBeInstanceOf(copy.ConductorApiError);
});

test('the base accepts what any package of the family has branded, and nothing else', () => {
  const transportError = new Error('x');
  brand(transportError, ['TransportError']);
  expect(transportError).toBeInstanceOf(ConductorSdkError);
  for (const other of [new Error('x'), new TypeError('x'), {}, null, undefined, 'x']) {
    expect(other instanceof ConductorSdkError).toBe(false);
  }
});

test("a user's subclass accepts its own errors only", () => {
  class OrderError extends ConductorApiError {}
  const own = new OrderError({ status: 400 }, facts);
  expect(own).toBeInstanceOf(OrderError);
  expect(own).toBeInstanceOf(ConductorApiError);
  expect(errors[1]).not.toBeInstanceOf(OrderError);
});

test('the old name of the cause still works', () => {
  const cause = new Error('inner');
  expect(new ConductorSdkError('outer', cause)).toMatchObject({ cause, _trace: cause });
});

test('an error as JSON has its plain fields, and no stack or cause', () => {
  const written = JSON.parse(JSON.stringify(new ConductorApiError({ status: 404, requestId: 'r' }, facts))) as object;
  expect(written).toMatchObject({
    name: 'ConductorApiError',
    code: 'NOT_FOUND',
    status: 404,
    requestId: 'r',
    ...facts,
  });
  expect(Object.keys(written)).toContain('message');
  expect(Object.keys(written)).not.toContain('stack');
});

test('an inspected error is small', () => {
  for (const error of errors) expect(inspect(error, { depth: null, showHidden: true }).length).toBeLessThan(4096);
});

test.each([
  [400, 'BAD_REQUEST', false],
  [401, 'UNAUTHENTICATED', false],
  [403, 'FORBIDDEN', false],
  [408, 'SERVER_TIMEOUT', true],
  [409, 'CONFLICT', false],
  [413, 'PAYLOAD_TOO_LARGE', false],
  [418, 'CLIENT_ERROR', false],
  [429, 'RATE_LIMITED', true],
  [500, 'SERVER_ERROR', false],
  [503, 'UNAVAILABLE', true],
  [599, 'SERVER_ERROR', false],
  [302, 'UNEXPECTED_STATUS', false],
])('status %s is %s, retryable %s unless the server says otherwise', (status, code, retryable) => {
  expect(new ConductorApiError({ status }, facts)).toMatchObject({ code, retryable });
  expect(new ConductorApiError({ status, retryable: !retryable }, facts).retryable).toBe(!retryable);
});

test.each([
  [400, 'validationErrors'],
  [404, 'id or name'],
  [405, 'version'],
  [409, 'present state'],
  [500, 'malformed input'],
  [501, 'switched off'],
])('the hint of %s says what to do: %s', (status, words) => {
  expect(new ConductorApiError({ status }, facts).hint).toContain(words);
});
