import * as net from 'node:net';
import { type Listening, listen } from './listen.ts';

export interface Relay extends Listening {
  /** Nothing passes any more on connections that are open now, in either direction, and none is closed: a firewall that has forgotten them. */
  swallow(): void;
}

export async function startRelay(targetPort: number): Promise<Relay> {
  const pairs = new Set<{ swallowed: boolean }>();
  const server = net.createServer((near) => {
    const pair = { swallowed: false };
    pairs.add(pair);
    const far = net.connect(targetPort, '127.0.0.1');
    const pass = (from: net.Socket, to: net.Socket): void => {
      from.on('data', (chunk) => pair.swallowed || to.write(chunk));
      from.on('close', () => pair.swallowed || to.destroy());
      from.on('error', () => undefined);
    };
    pass(near, far);
    pass(far, near);
    near.on('close', () => far.destroy());
  });
  const listening = await listen(server);
  return Object.defineProperties(
    {
      swallow() {
        for (const pair of pairs) pair.swallowed = true;
      },
    },
    Object.getOwnPropertyDescriptors(listening),
  ) as unknown as Relay;
}
