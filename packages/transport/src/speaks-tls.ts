import { codeOf } from './exchange-error.ts';
import type { Route } from './route.ts';

/** A handshake on a network where TCP has just worked. */
const PATIENCE_MS = 2_000;

/**
 * Does the port speak TLS, whatever the URL says? A handshake tells, in which nothing of ours is sent: no name of a user, no
 * certificate, no request. `done` is called once, unless the answer was given up by the function that this returns.
 */
export function speaksTls({ hostname, port }: Route, done: (yes: boolean) => void): () => void {
  const { connect } = process.getBuiltinModule('node:tls');
  const socket = connect({ host: hostname, port, rejectUnauthorized: false, timeout: PATIENCE_MS });
  const finish = (yes: boolean): void => {
    giveUp();
    done(yes);
  };
  const giveUp = (): void => {
    socket.removeAllListeners();
    // What still happens to it is nobody's concern.
    socket.on('error', () => undefined).destroy();
  };
  socket
    .once('secureConnect', () => finish(true))
    // An alert is TLS as well: this handshake just did not please the server.
    .once('error', (error) => finish(codeOf(error).includes('_ALERT_')))
    .once('timeout', () => finish(false))
    .once('close', () => finish(false));
  return giveUp;
}
