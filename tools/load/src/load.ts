import { startRealServer, type RealServerOptions } from '@conductor-ts/real-server';
import { parseCommandLine, USAGE, type LoadOptions } from './command-line.ts';
import { fullReport, shortReport } from './report.ts';
import { runVariant, type ServerUnderLoad } from './run-variant.ts';
import { SHORT_VARIANTS, variantOf, type Variant } from './variant.ts';

/** A run that takes longer hangs, in milliseconds. */
const LIMIT_MS = 900_000;
const SHORT_LIMIT_MS = 120_000;

/** One server for all short runs: it speaks HTTP/2 and compresses where the client wants it. */
const SHORT_SERVER: RealServerOptions = { http2: true, compression: true };

// What was started ends with this process, also where a signal ends it.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(words: readonly string[]): Promise<number> {
  const command = parseCommandLine(words);
  switch (command.do) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'short':
      return onServer(SHORT_SERVER, (server) =>
        short(
          SHORT_VARIANTS.filter(({ via }) => via !== 'nginx' || !command.withoutNginx),
          server,
        ),
      );
    case 'load': {
      const { options } = command;
      return onServer({ http2: options.http2, compression: options.compression }, (server) => full(options, server));
    }
  }
}

async function full(options: LoadOptions, server: ServerUnderLoad): Promise<boolean> {
  const variant = variantOf(options);
  const result = await runVariant(variant, server, LIMIT_MS);
  process.stdout.write(fullReport(variant, result));
  return result.faults.length === 0;
}

async function short(variants: readonly Variant[], server: ServerUnderLoad): Promise<boolean> {
  let ok = true;
  for (const variant of variants) {
    const line = await runVariant(variant, server, SHORT_LIMIT_MS).then(
      (result) => {
        ok &&= result.faults.length === 0;
        return shortReport(variant, result);
      },
      (error: unknown) => {
        ok = false;
        return `FAILED  ${variant.title}: ${String(error)}`;
      },
    );
    process.stdout.write(`${line}\n`);
  }
  return ok;
}

/** Boots a server for the time of the run, or uses the given one. */
async function onServer(
  options: RealServerOptions,
  run: (server: ServerUnderLoad) => Promise<boolean>,
): Promise<number> {
  const url = process.env['CONDUCTOR_SERVER_URL'];
  const server = url === undefined ? await startRealServer(options) : undefined;
  try {
    return (await run({ url: server?.url ?? url ?? '', mortal: server })) ? 0 : 1;
  } finally {
    await server?.stop();
  }
}
