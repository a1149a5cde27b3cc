import { parseArgs } from 'node:util';
import type { RealServerOptions } from './start-real-server.ts';

export type Command =
  | { readonly do: 'start' | 'serve' | 'stop' | 'prepare' | 'help' }
  | { readonly do: 'run'; readonly command: string; readonly args: readonly string[] };

export const USAGE = `real-server start      boots a Conductor server and prints its URL; it stops by itself after an hour
real-server stop       stops it
real-server run -- COMMAND...
                       boots one, runs COMMAND with CONDUCTOR_SERVER_URL set, stops it, exits as COMMAND did
real-server prepare    fetches the server, and makes later boots about three times as fast (once, takes a minute; needs Java 25)

  --http2              cleartext HTTP/2 beside HTTP/1.1
  --compression        compressed answers

With CONDUCTOR_SERVER_URL set, that server is used and nothing is booted. Java is looked for in JAVA_HOME, in the usual
folders (or those in CONDUCTOR_JAVA_HOMES) and in PATH. Where there is none, or no jar, the exit code is 2.
`;

/** What the words after the program's name ask for; throws with the usage where they make no sense. */
export function parseCommandLine(words: readonly string[]): { command: Command; options: RealServerOptions } {
  const split = words.indexOf('--');
  const own = split === -1 ? words : words.slice(0, split);
  const rest = split === -1 ? [] : words.slice(split + 1);
  const { values, positionals } = parseArgs({
    args: [...own],
    allowPositionals: true,
    options: { http2: { type: 'boolean' }, compression: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  const options = { http2: values.http2, compression: values.compression };
  const [verb] = positionals;
  if (values.help === true) return { command: { do: 'help' }, options };
  // pnpm swallows the first `--`, so the command may as well follow `run` directly.
  const [command, ...args] = [...positionals.slice(1), ...rest];
  if (verb === 'run' && command !== undefined) return { command: { do: 'run', command, args }, options };
  if (verb === 'start' || verb === 'serve' || verb === 'stop' || verb === 'prepare')
    return { command: { do: verb }, options };
  throw new Error(USAGE);
}
