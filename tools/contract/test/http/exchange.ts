import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { judged } from '../../src/contract.ts';

/** Sends these bytes on a connection of its own, and gives all that comes until the server closes it. */
export async function exchange(bytes: string): Promise<string> {
  const { hostname, port } = new URL(judged.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
}
