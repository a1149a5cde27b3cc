// Compares what each built package shows its users with the report that is committed, or writes the reports (`--write`).
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstDifference } from './first-difference.ts';
import { publicSurface } from './public-surface.ts';

const root = resolve(import.meta.dirname, '../../..');
const write = process.argv.includes('--write');
let changed = 0;
mkdirSync(join(root, 'api'), { recursive: true });
for (const built of globSync('packages/*/dist/index.d.ts', { cwd: root }).sort()) {
  const name = built.split(/[/\\]/)[1] ?? '';
  const report = `api/${name}.api.md`;
  const path = join(root, report);
  const now = reportOf(name, publicSurface(built, readFileSync(join(root, built), 'utf8')));
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (write) writeFileSync(path, now);
  else if (now !== before) {
    changed += 1;
    process.stdout.write(`FAILED  ${report} is not what the package shows now\n${firstDifference(before, now)}\n`);
  }
}
if (changed > 0) {
  process.stdout.write('Where the change is meant: `pnpm run api:report`, commit the report, and write a changeset.\n');
  process.exitCode = 1;
}

function reportOf(name: string, surface: string): string {
  return `# The public surface of @conductor-ts/${name}\n\nMade by \`pnpm run api:report\`. Not to be edited.\n\n\`\`\`ts\n${surface}\n\`\`\`\n`;
}
