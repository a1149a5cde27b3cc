import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConductorApiError, ConductorSdkError, createConductorClient } from '@conductor-ts/client';

const TOKEN = 'marker-of-a-token';

/** Bodies of every kind: none of them is promised by anybody, once a gateway stands in between. */
const bodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.uint8Array({ maxLength: 200 }),
  fc
    .record(
      {
        message: fc.anything(),
        error: fc.oneof(fc.constantFrom('EXPIRED_TOKEN', TOKEN), fc.anything()),
        retryable: fc.anything(),
        validationErrors: fc.oneof(fc.anything(), fc.array(fc.anything(), { maxLength: 20 })),
        __proto__: fc.anything(),
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))),
  fc.constantFrom('<html>', ' ', '[', '{"a":', '"', 'eyJ-', 'x', TOKEN).map((piece) => piece.repeat(20_000)),
);

test('never: an error answer that is anything but a small typed error without the token', async () => {
  let body: string | Uint8Array<ArrayBuffer> = '';
  let status = 500;
  let retryAfter = '';
  const client = await createConductorClient(
    { serverUrl: 'http://a.test', keyId: 'key', keySecret: 'a-secret', refreshTokenInterval: 0, useEnvVars: false },
    async (input) => {
      if (urlOf(input).endsWith('/api/token')) return Response.json({ token: TOKEN });
      return new Response(body, { status, headers: { 'retry-after': retryAfter, 'x-request-id': TOKEN } });
    },
  );
  const statuses = fc.constantFrom(400, 401, 403, 404, 405, 409, 413, 414, 429, 500, 502, 503, 599);
  const headers = fc.oneof(
    fc.constantFrom('soon', '-1', '1e9', '9'.repeat(400)),
    fc.stringMatching(/^[\x21-\x7e]{0,20}$/),
  );
  await fc.assert(
    fc.asyncProperty(bodies, statuses, headers, async (anyBody, anyStatus, anyHeader) => {
      [body, status, retryAfter] = [anyBody, anyStatus, anyHeader];
      const call = client.workflow.get({ workflowId: 'w' }, { retry: false });
      const error: unknown = await call.catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ConductorSdkError);
      expect(error).toBeInstanceOf(ConductorApiError);
      const { serverMessage, serverCode, validationErrors, retryable, retryAfterMs } = error as ConductorApiError;
      expect((serverMessage ?? '').length).toBeLessThanOrEqual(600);
      expect((serverCode ?? '').length).toBeLessThanOrEqual(100);
      expect(validationErrors.length).toBeLessThanOrEqual(8);
      expect(typeof retryable).toBe('boolean');
      if (retryAfterMs !== undefined) expect(retryAfterMs).toBeGreaterThanOrEqual(0);
      const shown = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error);
      expect(shown).not.toContain(TOKEN);
      expect(shown).not.toContain('a-secret');
    }),
    { numRuns: 300 },
  );
});

function urlOf(input: string | URL | Request): string {
  if (typeof input === 'string') return input;
  return 'url' in input ? input.url : input.href;
}
