import * as tls from 'node:tls';
import { TransportError } from './transport-error.ts';
import type { TlsOptions } from './transport-options.ts';

/** What both legs of a connection, to a proxy and to the target, have in common. Made once: parsing the system's CAs is slow. */
export interface TlsIdentity {
  readonly secureContext: tls.SecureContext;
  readonly rejectUnauthorized: boolean;
  readonly servername: string | undefined;
}

/** @throws TransportError INVALID_OPTION when a certificate, key or authority cannot be used. */
export function createTlsIdentity(options: TlsOptions = {}): TlsIdentity {
  if ((options.cert === undefined) !== (options.key === undefined)) {
    const option = options.cert === undefined ? 'tls.cert' : 'tls.key';
    throw new TransportError('INVALID_OPTION', {
      option,
      hint: '`tls.cert` and `tls.key` belong together: give both, or neither.',
    });
  }
  try {
    const secureContext = tls.createSecureContext({
      cert: mutable(options.cert),
      key: options.key,
      passphrase: options.passphrase,
      ca: authorities(options),
    });
    return { secureContext, rejectUnauthorized: options.insecure !== true, servername: options.servername };
  } catch (cause) {
    throw new TransportError('INVALID_OPTION', {
      option: 'tls',
      cause,
      hint: '`tls.cert`, `tls.key` and `tls.ca` take the contents of PEM files; an encrypted key needs `tls.passphrase`.',
    });
  }
}

function authorities({ ca, caMode }: TlsOptions): (string | Buffer)[] | undefined {
  if (ca === undefined) return undefined;
  const own = [ca].flat();
  // OpenSSL skips text that holds no certificate without a word, which would later look like an untrusted server.
  for (const pem of own) {
    if (!pem.includes('-----BEGIN ')) throw new Error('tls.ca holds no PEM certificate');
  }
  return caMode === 'replace' ? own : [...trustedByNode(), ...own];
}

/** With NODE_EXTRA_CA_CERTS and --use-system-ca, where Node can list them. */
function trustedByNode(): readonly string[] {
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates;
}

function mutable(pem: TlsOptions['cert']): string | Buffer | (string | Buffer)[] | undefined {
  return Array.isArray(pem) ? [...(pem as readonly (string | Buffer)[])] : (pem as string | Buffer | undefined);
}
