import { parseArgs } from 'node:util';

/** What one run is about. */
export interface LoadOptions {
  readonly starts: number;
  /** Starts that are under way at a time. */
  readonly inFlight: number;
  /** Kills the server in the middle (SIGKILL) and starts it again on the same data. */
  readonly kill: boolean;
  /** The server's own cleartext HTTP/2, by prior knowledge. */
  readonly http2: boolean;
  /** Compressed answers of the server. */
  readonly compression: boolean;
  /** nginx in front, with TLS and HTTP/2, reloaded every two seconds. */
  readonly nginx: boolean;
}

export type Command =
  | { readonly do: 'help' }
  | { readonly do: 'short'; readonly withoutNginx: boolean }
  | { readonly do: 'load'; readonly options: LoadOptions };

export const USAGE = `pnpm load [options]    starts executions of two tasks on a real Conductor server, works them off, counts

  --starts 1000        how many
  --in-flight 64       starts under way at a time
  --kill               SIGKILL of the server in the middle, and a start on the same data
  --http2              the server's own cleartext HTTP/2, by prior knowledge
  --compression        compressed answers
  --nginx              through nginx with TLS and HTTP/2, which is reloaded every 2 s
  --short              every variant with fewer starts, a line each (pnpm load:short)
  --without-nginx      leaves out of these what needs nginx

With CONDUCTOR_SERVER_URL set, that server is used and nothing is booted; --kill is not possible then.
`;

/** What the words after the program's name ask for; throws with the usage where they make no sense. */
export function parseCommandLine(words: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      // pnpm hands the first `--` on.
      args: words.filter((word) => word !== '--'),
      options: {
        starts: { type: 'string', default: '1000' },
        'in-flight': { type: 'string', default: '64' },
        kill: { type: 'boolean', default: false },
        http2: { type: 'boolean', default: false },
        compression: { type: 'boolean', default: false },
        nginx: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
        'without-nginx': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { do: 'help' };
    if (values.short) return { do: 'short', withoutNginx: values['without-nginx'] };
    const { kill, http2, compression, nginx } = values;
    if (http2 && nginx) throw new Error('--http2 is about the server itself, --nginx about what stands before it.');
    const numbers = { starts: count('starts', values.starts), inFlight: count('in-flight', values['in-flight']) };
    return { do: 'load', options: { ...numbers, kill, http2, compression, nginx } };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1.`);
  return value;
}
