import type { webcrypto } from 'node:crypto';

/** A certificate with its private key, both in PEM. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

export interface TestCertificates {
  /** The authority that signed the other two: what a client must trust. */
  readonly ca: string;
  readonly server: CertificatePair;
  /** For mutual TLS. */
  readonly client: CertificatePair;
}

export interface CertificateRequest {
  /** Names and addresses that the server's certificate is good for. @default localhost, 127.0.0.1, ::1 */
  readonly hosts?: readonly string[] | undefined;
  /** Days until the server's certificate ends; negative: it already has. @default 1 */
  readonly validDays?: number | undefined;
}

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const DAY_MS = 86_400_000;
type KeyPair = webcrypto.CryptoKeyPair;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

// Lives as long as the process: nothing about them is secret, and making them costs more than all else at start.
let standard: Promise<TestCertificates> | undefined;

/** Certificates made on the spot: a CA, a server's and a client's. */
export function testCertificates(request: CertificateRequest = {}): Promise<TestCertificates> {
  if (request.hosts !== undefined || request.validDays !== undefined) return makeCertificates(request);
  standard ??= makeCertificates(request);
  return standard;
}

async function makeCertificates(request: CertificateRequest): Promise<TestCertificates> {
  // The X.509 library's container needs the metadata polyfill, which extends the global Reflect: loaded only for TLS.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const [caKeys, serverKeys, clientKeys] = await Promise.all([newKeys(), newKeys(), newKeys()]);
  const { validDays = 1, hosts = LOOPBACK_HOSTS } = request;
  const untilMs = Date.now() + validDays * DAY_MS;
  // One day back, for a clock that is a little behind; before that for a certificate that has ended.
  const notBefore = new Date(Math.min(Date.now(), untilMs) - DAY_MS);
  const caName = 'CN=Conductor test CA';
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: caName,
    notBefore,
    notAfter: new Date(Date.now() + 2 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const issue = async (name: string, keys: KeyPair, usage: string, notAfter: Date): Promise<CertificatePair> => {
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: `CN=${name}`,
      issuer: caName,
      notBefore,
      notAfter,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage]),
        new x509.SubjectAlternativeNameExtension(
          hosts.map((host) => ({ type: isAddress(host) ? 'ip' : 'dns', value: host })),
        ),
        await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
      ],
    });
    const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
  };
  return {
    ca: ca.toString('pem'),
    server: await issue('Conductor test server', serverKeys, x509.ExtendedKeyUsage.serverAuth, new Date(untilMs)),
    client: await issue(
      'Conductor test client',
      clientKeys,
      x509.ExtendedKeyUsage.clientAuth,
      new Date(Date.now() + DAY_MS),
    ),
  };
}

const newKeys = (): Promise<KeyPair> => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

/** Positive and without leading zeros, as DER wants an integer. */
const serial = (): string => `01${Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')}`;

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');
