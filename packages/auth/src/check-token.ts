import { MAX_TOKEN_LENGTH } from './token-limits.ts';

/** Visible ASCII only: a line break would end the header and begin another (RFC 9110, section 5.5). */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

export function isUsableToken(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TOKEN_LENGTH && VISIBLE_ASCII.test(value);
}
