/** Runs before each test file. */
import { afterAll } from 'vitest';
import { close, open } from './contract.ts';

await open();
afterAll(close);
