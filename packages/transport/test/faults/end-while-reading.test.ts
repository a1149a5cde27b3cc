import { createTransport } from '@conductor-ts/transport';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

/** A Blob whose content is there when `arrive` is called. */
function lateBlob(): { readonly blob: Blob; readonly arrive: () => void } {
  let arrive = (): void => undefined;
  const content = new Promise<ArrayBuffer>((resolve) => {
    arrive = () => resolve(new ArrayBuffer(3));
  });
  const blob = { [Symbol.toStringTag]: 'Blob', type: '', arrayBuffer: () => content };
  return { blob: blob as unknown as Blob, arrive };
}

test('a transport that is destroyed as the body of a call is there sends nothing any more, in whichever turn', async () => {
  let received = 0;
  const server = createServer((_request, response) => {
    received += 1;
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  for (let turns = 0; turns < 12; turns += 1) {
    const transport = createTransport();
    const { blob, arrive } = lateBlob();
    const ended = transport
      .fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: blob })
      .catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    arrive();
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    void transport.destroy();
    expect(await ended, `after ${turns} turns`).toMatchObject({ code: 'CLOSED' });
  }
  server.close();
  server.closeAllConnections();
  expect(received).toBe(0);
});
