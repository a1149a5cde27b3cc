// oxlint-disable-next-line import/no-unassigned-import -- the next import needs it to have run
import 'reflect-metadata';
import { BasicConstraintsExtension, PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, connect, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { resolveOrkesConfig, type OrkesApiConfig } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'conductor-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [own, other] = await Promise.all([identity(), identity()]);
const cert = file('cert.pem', own.cert);
const key = file('key.pem', own.key);
const encrypted = createPrivateKey(own.key).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
});

test('the contents of the files are in the transport section', () => {
  const { transport } = resolve({ tlsCertPath: cert, tlsKeyPath: key, tlsCaPath: cert });
  expect([transport.tls?.cert, transport.tls?.key, transport.tls?.ca]).toEqual([own.cert, own.key, own.cert]);
});

test('a bundle is taken whole; of a file with a key and certificates only the key is a secret', () => {
  const bundle = `# authorities\n${own.cert}\n${other.cert}\n`;
  const { transport, secrets } = resolve({
    tlsCertPath: cert,
    tlsKeyPath: file('all.pem', `${own.cert}\n${own.key}\n${other.cert}`),
    tlsCaPath: file('authorities.pem', bundle),
  });
  expect(transport.tls?.ca).toBe(bundle);
  expect(transport.tls?.key).toContain(other.cert);
  expect(secrets).toEqual([own.key.trim()]);
});

test('what was read makes a mutual TLS handshake', async () => {
  const server = createServer({
    cert: own.cert,
    key: own.key,
    ca: own.cert,
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on('secureConnection', (socket: TLSSocket) => socket.end(socket.authorized ? 'welcome' : 'refused'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { tls } = resolve({ tlsCertPath: cert, tlsKeyPath: key, tlsCaPath: cert }).transport;
  const socket = connect({
    ...tls,
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    checkServerIdentity: () => undefined,
  });
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  server.close();
  expect(String(data)).toBe('welcome');
});

test.each([
  ['a certificate without its key', { tlsCertPath: cert }, 'tlsCertPath: it is set without tlsKeyPath'],
  ['a key without its certificate', { tlsKeyPath: key }, 'tlsKeyPath: it is set without tlsCertPath'],
  ['a file that is not there', { tlsCaPath: join(folder, 'none.pem') }, 'tlsCaPath: the file cannot be read (ENOENT)'],
  ['a folder', { tlsCaPath: folder }, 'tlsCaPath: the path leads to no file'],
  ['a device', { tlsCaPath: '/dev/zero' }, 'tlsCaPath: the path leads to no file'],
  ['a file that is no PEM', { tlsCaPath: file('note.txt', 'hello') }, 'tlsCaPath: the file is no PEM file'],
  ['a binary certificate', { tlsCaPath: file('cert.der', randomBytes(500)) }, 'tlsCaPath: the file is no PEM file'],
  ['an empty file', { tlsCaPath: file('empty.pem', '') }, 'tlsCaPath: the file is no PEM file'],
  ['a huge file', { tlsCaPath: huge() }, 'tlsCaPath: the file is larger than'],
  ['a key in place of a certificate', { tlsCaPath: key }, 'tlsCaPath: the file holds a private key but no certificate'],
  [
    'a certificate in place of a key',
    { tlsCertPath: cert, tlsKeyPath: cert },
    'tlsKeyPath: the file holds a certificate but no private key',
  ],
  [
    'an encrypted key',
    { tlsCertPath: cert, tlsKeyPath: file('locked.pem', encrypted) },
    'tlsKeyPath: the private key is encrypted',
  ],
  [
    'a damaged certificate',
    { tlsCaPath: file('cut.pem', own.cert.slice(0, 200)) },
    'tlsCaPath: the certificate in the file cannot be decoded',
  ],
  [
    'a bundle with a damaged certificate behind a good one',
    { tlsCaPath: file('bundle.pem', `${own.cert}\n${other.cert.slice(0, 200)}`) },
    'tlsCaPath: the certificate in the file cannot be decoded',
  ],
  [
    'the key of another certificate',
    { tlsCertPath: cert, tlsKeyPath: file('other.pem', other.key) },
    'tlsKeyPath: the private key does not belong to the certificate of tlsCertPath',
  ],
])('%s is a fault that names the setting', (_title, config, message) => {
  expect(() => resolve(config)).toThrow(message);
});

test('neither the path nor the content of a refused file is shown', () => {
  const path = file('marker-name.pem', `${own.key}marker-content`);
  expect(() => resolve({ tlsCaPath: path })).toThrow(expect.not.stringMatching(/marker|PRIVATE/) as never);
});

test('a path from the environment is named by its variable', () => {
  expect(() => resolveOrkesConfig({}, { env: { CONDUCTOR_TLS_CA_PATH: '/none' } })).toThrow(/^CONDUCTOR_TLS_CA_PATH: /);
});

function resolve(config: OrkesApiConfig): ReturnType<typeof resolveOrkesConfig> {
  return resolveOrkesConfig({ serverUrl: 'https://a', ...config }, { env: {} });
}

function file(name: string, content: string | Buffer): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Sparse: it takes no space. */
function huge(): string {
  const path = file('huge.pem', '');
  truncateSync(path, 100_000_000);
  return path;
}

/** A self-signed certificate with its key, as PEM. */
async function identity(): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const extensions = [new BasicConstraintsExtension(true)];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=test',
    keys,
    signingAlgorithm: algorithm,
    extensions,
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: certificate.toString('pem'), key };
}
