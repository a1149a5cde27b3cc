import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Parsed } from './parsed.ts';

/** What a PEM file is for, and so which block it must hold (RFC 7468). */
export type PemRole = 'certificate' | 'private key';

const BLOCK: Readonly<Record<PemRole, RegExp>> = {
  certificate: /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/,
  'private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
};

const ENCRYPTED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;

/** A bundle of all public authorities has some 200 kB. */
const MAX_BYTES = 4_194_304;

/** Reads the file and checks that it holds what its role asks for. */
export function readPemFile(path: string, role: PemRole): Parsed<string> {
  const advice = `Give the path of a PEM file with a ${role}.`;
  // Not imported: in a browser this module must load, and there nobody has a path to give.
  const fs = globalThis.process?.getBuiltinModule?.('node:fs');
  if (fs === undefined) return { trouble: 'this platform cannot read files', advice: 'Leave TLS to the platform.' };
  try {
    const stat = fs.statSync(path);
    // A device such as /dev/zero never ends.
    if (!stat.isFile() && !stat.isFIFO()) return { trouble: 'the path leads to no file', advice };
    if (stat.size > MAX_BYTES) return { trouble: `the file is larger than ${MAX_BYTES} bytes`, advice };
    return checkPem(fs.readFileSync(path, 'utf8'), role, advice);
  } catch (error) {
    return { trouble: `the file cannot be read (${errnoOf(error)})`, advice };
  }
}

function checkPem(text: string, role: PemRole, advice: string): Parsed<string> {
  if (!BLOCK[role].test(text)) {
    const other = role === 'certificate' ? 'private key' : 'certificate';
    const trouble = BLOCK[other].test(text) ? `the file holds a ${other} but no ${role}` : 'the file is no PEM file';
    return { trouble, advice };
  }
  if (role === 'private key' && ENCRYPTED.test(text)) {
    return { trouble: 'the private key is encrypted', advice: 'Give one that needs no passphrase.' };
  }
  try {
    // All of them: TLS drops what comes after a damaged block, and only refused handshakes tell of it.
    for (const block of text.split(/(?=-----BEGIN )/)) if (BLOCK[role].test(block)) decodePem(block, role);
  } catch {
    return {
      trouble: `the ${role} in the file cannot be decoded`,
      advice: 'Copy it again: it is damaged or cut short.',
    };
  }
  return { value: text };
}

/** The first block of the text; `undefined` on a platform that cannot decode it. Throws where the block is damaged. */
export function decodePem(text: string, role: 'certificate'): X509Certificate | undefined;
export function decodePem(text: string, role: 'private key'): KeyObject | undefined;
export function decodePem(text: string, role: PemRole): X509Certificate | KeyObject | undefined;
export function decodePem(text: string, role: PemRole): X509Certificate | KeyObject | undefined {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (crypto === undefined) return undefined;
  return role === 'certificate' ? new crypto.X509Certificate(text) : crypto.createPrivateKey(text);
}

/** The message of such an error repeats the path; its code says enough. */
function errnoOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}
