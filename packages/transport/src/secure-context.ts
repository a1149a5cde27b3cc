import type { SecureContext } from 'node:tls';
import { TransportError } from './transport-error.ts';
import { wrong } from './transport-options.ts';
import type { TlsOptions } from './transport-options.ts';

/** What both legs of a connection, to a proxy and to the target, have in common. Made once: parsing the system's CAs is slow. */
export interface TlsIdentity {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: boolean;
  readonly servername: string | undefined;
}

/** @throws TransportError INVALID_OPTION when a certificate, key or authority cannot be used. */
export function createTlsIdentity(options: TlsOptions): TlsIdentity {
  if ((options.cert === undefined) !== (options.key === undefined)) {
    const option = options.cert === undefined ? 'tls.cert' : 'tls.key';
    throw new TransportError('INVALID_OPTION', {
      option,
      hint: '`tls.cert` and `tls.key` belong together: give both, or neither.',
    });
  }
  const { servername, caMode = 'add' } = options;
  if (servername !== undefined && typeof servername !== 'string') throw wrong('tls.servername', 'a host name');
  if (caMode !== 'add' && caMode !== 'replace') throw wrong('tls.caMode', "'add' or 'replace'");
  const make = (): SecureContext =>
    process.getBuiltinModule('node:tls').createSecureContext({
      cert: texts(options.cert),
      key: texts(options.key),
      passphrase: options.passphrase,
      ca: authorities(options),
    });
  let context: SecureContext | undefined;
  try {
    // What the user gave is tried at once. Without, it waits for the first TLS connection, which may never come.
    if (options.cert !== undefined || options.ca !== undefined) context = make();
  } catch (cause) {
    throw new TransportError('INVALID_OPTION', {
      option: 'tls',
      cause,
      hint: '`tls.cert`, `tls.key` and `tls.ca` take the contents of PEM files; an encrypted key needs `tls.passphrase`.',
    });
  }
  return {
    get secureContext() {
      return (context ??= make());
    },
    rejectUnauthorized: options.insecure !== true,
    servername,
  };
}

function authorities({ ca, caMode }: TlsOptions): string[] | undefined {
  const own = texts(ca);
  if (own === undefined) return undefined;
  // OpenSSL skips text that holds no certificate without a word, which would later look like an untrusted server.
  for (const pem of own) {
    if (!pem.includes('-----BEGIN ')) throw new Error('tls.ca holds no PEM certificate');
  }
  return caMode === 'replace' ? own : [...trustedByNode(), ...own];
}

/** With NODE_EXTRA_CA_CERTS and --use-system-ca, where Node can list them. */
function trustedByNode(): readonly string[] {
  const tls = process.getBuiltinModule('node:tls');
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates;
}

/** PEM is text (RFC 7468), also where a file was read as bytes. */
function texts(pem: TlsOptions['cert']): string[] | undefined {
  if (pem === undefined) return undefined;
  return [pem].flat().map((one) => (typeof one === 'string' ? one : new TextDecoder().decode(one)));
}
