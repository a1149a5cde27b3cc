import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findNginx } from '../src/find-nginx.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-nginx-'));
const program = join(folder, 'nginx');
writeFileSync(program, '');
chmodSync(program, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

test('nginx is found in PATH, and elsewhere only then', () => {
  expect(findNginx({ PATH: folder }, ['/nowhere'])).toBe(program);
  expect(findNginx({ PATH: '/nowhere' }, [folder])).toBe(program);
});

test('where it is not, the message says where was looked and what to do', () => {
  expect(() => findNginx({ PATH: '/nowhere' }, ['/elsewhere'])).toThrow(/looked in \/nowhere, \/elsewhere.*Install it/);
});
