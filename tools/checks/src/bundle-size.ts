/** Measures what bundles of the built client weigh, minified and compressed, and fails where one is over its budget. */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Budget {
  readonly name: string;
  /** A program that a user would write. */
  readonly program: string;
  /** Most bytes, minified and compressed by gzip, without undici. */
  readonly maxBytes: number;
  /** Of these operations, and no others, may the bundle know the path. Absent: all. */
  readonly operations?: readonly string[];
}

const client = resolve(import.meta.dirname, '../../../packages/client');

const BUDGETS: readonly Budget[] = [
  {
    name: 'the function of one operation',
    program: `export { workflowGetStatus } from '@conductor-ts/client';`,
    maxBytes: 1_000,
    operations: ['workflow.getStatus'],
  },
  {
    name: 'one operation over a fetch of your own',
    program: `import { createClient, workflowGetStatus } from '@conductor-ts/client';
      console.log(await workflowGetStatus(createClient({ fetch, baseUrl: 'http://localhost:8080' }), { workflowId: 'w' }));`,
    maxBytes: 12_000,
    operations: ['workflow.getStatus'],
  },
  {
    name: 'the whole client',
    program: `import { createConductorClient } from '@conductor-ts/client';
      console.log(await createConductorClient());`,
    maxBytes: 68_400,
  },
];

for (const budget of BUDGETS) {
  const text = await bundle(budget.program);
  const bytes = gzipSync(text, { level: 9 }).length;
  const strangers =
    budget.operations === undefined ? [] : operationsIn(text).filter((name) => !budget.operations?.includes(name));
  process.stdout.write(`${budget.name}: ${bytes} bytes of ${budget.maxBytes} (${text.length} before compression)\n`);
  if (bytes > budget.maxBytes) fail(`${budget.name} is over its budget`);
  if (strangers.length > 0) fail(`${budget.name} also holds ${strangers.join(', ')}`);
}

async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: resolve(client, 'test') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['undici', 'undici/*'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** Operations that the bundle defines. */
function operationsIn(text: string): readonly string[] {
  const generated = readFileSync(resolve(client, 'src/generated/operations.gen.ts'), 'utf8');
  const calls = generated.matchAll(/defineOperation\('([\w.]+)', '([A-Z]+)', '([^']+)'/g);
  const operations = Array.from(calls, ([, name = '', method = '', path = '']) => ({ name, method, path }));
  if (operations.length < 300) fail('the list of operations cannot be read');
  const defined = operations
    .filter(({ name, method, path }) => text.includes(`"${name}","${method}","${path}"`))
    .map(({ name }) => name);
  return text.includes(aLineOfTheTable()) ? [...defined, 'the table of all operations'] : defined;
}

/** What only the table of all operations has. */
function aLineOfTheTable(): string {
  const generated = readFileSync(resolve(client, 'src/generated/operation-table.gen.ts'), 'utf8');
  const [, line] = /^ {4}'(.{100,})',$/m.exec(generated) ?? [];
  if (line === undefined) fail('the table of operations cannot be read');
  return line ?? '';
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
