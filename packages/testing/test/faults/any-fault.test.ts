import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fault, startConductorServer } from '../../src/index.ts';
import { call, codeOf, exchangeBytes, openHttp2 } from '../call.ts';

const moment = fc.constantFrom('before-reading', 'before-handling', 'after-handling', 'in-body' as const);
const halfway = fc.constantFrom('before-handling', 'after-handling' as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.integer({ min: 200, max: 599 }),
    applied: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('delay' as const), ms: fc.nat(3), at: halfway }),
  fc.record({ kind: fc.constantFrom('reset', 'close' as const), at: moment }),
  fc.record({ kind: fc.constant('reset-stream' as const), code: fc.nat(13), at: moment }),
  fc.record({ kind: fc.constant('goaway' as const), code: fc.nat(3), covers: fc.boolean() }),
  fc.record({ kind: fc.constant('truncate' as const), framing: fc.constantFrom('length', 'close' as const) }),
  fc.record({ kind: fc.constant('drip' as const), bytes: fc.constant(40), everyMs: fc.constant(1) }),
  fc.record({ kind: fc.constant('garbage' as const), at: halfway }),
  fc.constant({ kind: 'refuse-tokens' as const }),
);

test.for([
  { http2: false, tls: false },
  { http2: true, tls: false },
  { http2: true, tls: true },
])(
  'whatever faults strike, the next call is served, the counts are true, and close frees everything: %j',
  async (options) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 3 }), async (faults) => {
        const server = await startConductorServer(options);
        server.faults.add({ times: 1, fault: faults });
        if (options.http2) {
          using client = openHttp2(server);
          await codeOf(client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }]));
        } else {
          await codeOf(call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }]));
        }
        const tls = options.tls ? { ca: server.ca } : {};
        expect((await call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }], { tls })).status).toBe(200);
        const { applied, requests } = server.counts();
        expect(applied).toBe(server.received.filter((request) => request.applied).length);
        expect(requests).toBe(2);
        await server.close();
        expect(server.counts().connectionsOpen).toBe(0);
      }),
      { numRuns: 60 },
    );
  },
);

test('no bytes at all end the server', async () => {
  await using server = await startConductorServer({ http2: true });
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  const bytes = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map((rest) => preface + rest),
    fc.string({ maxLength: 60 }).map((rest) => `GET /api/${rest} HTTP/1.1\r\nhost: a\r\n\r\n`),
    fc
      .string({ maxLength: 60 })
      .map(
        (rest) =>
          `POST /api/workflow HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n${rest}`,
      ),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      await codeOf(exchangeBytes(server.port, sent, { thenEnd: true }));
      expect((await call(server, 'GET', '/health')).status).toBe(200);
    }),
    { numRuns: 150 },
  );
});
