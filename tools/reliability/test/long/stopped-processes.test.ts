import { expect, test } from 'vitest';
import { type Child, startChild } from '../../src/child.ts';
import { PROTOCOLS, type Protocol } from '../../src/protocols.ts';
import { failureOf, openRig, type Rig, startServer } from '../../src/rig.ts';

const BOTH: Protocol[] = ['HTTP/1.1', 'HTTP/2 over TLS'];

test.each(BOTH)(
  '%s: a server that is stopped: the call ends, and what it does when it goes on is done once',
  async (protocol) => {
    await using child = await startChild('serve', protocol);
    const { url, ca } = child.hello as { url: string; ca: string };
    await using rig = await openRig(url, {
      transport: {
        ...PROTOCOLS[protocol].transport,
        ...(ca === '' ? {} : { tls: { ca } }),
        keepAliveTimeoutMs: 60_000,
        pingIntervalMs: 150,
        pingTimeoutMs: 150,
      },
    });
    await startAs(rig, 'before');
    child.stop();
    const error = await failureOf(startAs(rig, 'during', 3_000));
    // Nothing but its time ends a call over HTTP/1.1; over HTTP/2 the silence is noticed.
    expect(error).toMatchObject({
      code: protocol === 'HTTP/1.1' ? 'ATTEMPT_TIMEOUT' : 'AMBIGUOUS_REQUEST',
      mayHaveBeenProcessed: true,
      attempts: 1,
    });
    child.goOn();
    await startAs(rig, 'after', 10_000);
    const starts = new Map(await startsOf(child));
    expect([starts.get('before'), starts.get('after')]).toEqual([1, 1]);
    expect(starts.get('during') ?? 0).toBeLessThanOrEqual(1);
  },
);

const KEEP_ALIVE_MS = 300;
test.each(BOTH)(
  '%s: a client that was stopped for longer than it keeps connections, whatever has become of them: the next start is done, once',
  async (protocol) => {
    await using server = await startServer(protocol);
    const ca = protocol === 'HTTP/1.1' ? '' : server.ca;
    const options = { url: server.url, ca, protocol, keepAliveTimeoutMs: KEEP_ALIVE_MS };
    await using child = await startChild('call', JSON.stringify(options));
    const troubles: [string, () => unknown][] = [
      ['nothing', () => undefined],
      ['an end', () => server.faults.closeIdleConnections()],
      ['a reset', () => server.faults.restart()],
      ['silence', () => server.faults.blackHole()],
    ];
    for (const [name, trouble] of troubles) {
      expect(await child.ask(`before ${name}`)).toBe('done');
      child.stop();
      await trouble();
      await new Promise((resolve) => setTimeout(resolve, KEEP_ALIVE_MS + 100));
      // The message waits for the process to go on, together with all else that has happened to it.
      const answered = child.ask(`after ${name}`);
      child.goOn();
      expect(await answered, name).toBe('done');
    }
    const starts = [...server.engine.stats().startsByCorrelationId];
    expect(starts).toEqual(
      troubles.flatMap(([name]) => [
        [`before ${name}`, 1],
        [`after ${name}`, 1],
      ]),
    );
    expect(server.received.filter(({ operation }) => operation === 'workflow.start')).toHaveLength(starts.length);
  },
);

test('a client that was stopped under a long poll, with connections beside it that died: the next start is done, once', async () => {
  await using server = await startServer();
  const options = { url: server.url, ca: '', protocol: 'HTTP/1.1', keepAliveTimeoutMs: KEEP_ALIVE_MS };
  await using child = await startChild('call', JSON.stringify(options));
  server.faults.delay(60_000, { operation: 'workflow.start', times: 1 });
  void child.ask('held');
  await expect.poll(() => server.counts().requests).toBe(1);
  expect(await child.ask('before')).toBe('done');
  child.stop();
  server.faults.blackHole();
  await new Promise((resolve) => setTimeout(resolve, KEEP_ALIVE_MS + 100));
  const answered = child.ask('after');
  child.goOn();
  expect(await answered).toBe('done');
  expect(server.engine.stats().startsByCorrelationId.get('after')).toBe(1);
});

const startAs = ({ client }: Rig, correlationId: string, timeoutMs?: number): Promise<string> =>
  client.workflow.start({ body: { name: 'w', correlationId } }, { timeoutMs });

const startsOf = async (child: Child): Promise<[string, number][]> => (await child.ask('starts')) as [string, number][];
