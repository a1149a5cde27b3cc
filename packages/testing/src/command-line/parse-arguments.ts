import { parseArgs } from 'node:util';
import type { ServerOptions } from '../server/server-options.ts';

export type Arguments =
  | { readonly do: 'help' }
  | { readonly do: 'refuse'; readonly because: string }
  | { readonly do: 'start'; readonly options: ServerOptions; readonly certificates: string | undefined };

export const HELP = `Starts a Conductor server on this machine, in memory, for tests and local work.

Usage: npx @conductor-ts/testing [options]

  --port <number>         port to listen on; 0: any free one (8080)
  --host <address>        loopback address to listen on (127.0.0.1)
  --mode <oss|orkes>      which server to be; orkes demands tokens (oss)
  --key <id:secret>       orkes: access key to take (a new pair each time)
  --http2                 HTTP/2 beside HTTP/1.1
  --tls                   TLS with certificates made at start
  --mtls                  TLS, and clients must show a certificate
  --certificates <dir>    where to write the PEM files (a temporary folder)
  --base-path <path>      path in front of /api
  --allow-non-loopback    let --host be reachable from other machines
  --help                  this text

Stop it with Ctrl+C. Nothing is kept.
`;

const DEFAULT_PORT = 8_080;

export function parseArguments(argv: readonly string[]): Arguments {
  try {
    return read(argv);
  } catch (error) {
    return { do: 'refuse', because: error instanceof Error ? error.message : String(error) };
  }
}

function read(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      mode: { type: 'string' },
      key: { type: 'string' },
      http2: { type: 'boolean' },
      tls: { type: 'boolean' },
      mtls: { type: 'boolean' },
      certificates: { type: 'string' },
      'base-path': { type: 'string' },
      'allow-non-loopback': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return { do: 'help' };
  const { mode = 'oss', port = String(DEFAULT_PORT), key } = values;
  if (mode !== 'oss' && mode !== 'orkes')
    return { do: 'refuse', because: `--mode: '${mode}' is none. Give oss or orkes.` };
  if (!/^\d{1,5}$/.test(port)) return { do: 'refuse', because: `--port: '${port}' is not a port number.` };
  const [keyId, keySecret] = key?.split(/:(.*)/s) ?? [];
  if (key !== undefined && (!keyId || !keySecret)) {
    return { do: 'refuse', because: '--key: give the id and the secret with a colon between them.' };
  }
  return {
    do: 'start',
    certificates: values.certificates,
    options: {
      mode,
      port: Number(port),
      host: values.host,
      http2: values.http2,
      tls: values.tls,
      mtls: values.mtls,
      basePath: values['base-path'],
      allowNonLoopback: values['allow-non-loopback'],
      keys: keyId && keySecret ? [{ keyId, keySecret }] : undefined,
    },
  };
}
