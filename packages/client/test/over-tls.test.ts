import { startConductorServer } from '@conductor-ts/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConductorClient, noopLogger } from '../src/index.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'client-tls-'));
});
afterAll(() => rm(directory, { recursive: true }));

test('with a private authority and a client certificate, calls share one HTTP/2 session', async () => {
  await using server = await startConductorServer({ http2: true, mtls: true, mode: 'orkes' });
  const files = await server.writeCertificates(directory);
  await using client = await createConductorClient({
    serverUrl: server.url,
    keyId: server.keyId,
    keySecret: server.keySecret,
    tlsCaPath: files.caPath,
    tlsCertPath: files.certPath,
    tlsKeyPath: files.keyPath,
    useEnvVars: false,
    logger: noopLogger,
  });
  await Promise.all(Array.from({ length: 20 }, () => client.metadata.getTaskDefs()));
  expect(server.connections().map(({ protocol }) => protocol)).toEqual(['HTTP/2']);
});

test('an authority that is not trusted is told at once, with the setting to use', async () => {
  await using server = await startConductorServer({ tls: true });
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  await expect(client.metadata.getTaskDefs()).rejects.toMatchObject({
    name: 'TransportError',
    code: 'TLS_UNTRUSTED',
    attempts: 1,
    operation: 'metadata.getTaskDefs',
  });
});
