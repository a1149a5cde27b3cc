import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificatePair, TestCertificates } from '../certificates/test-certificates.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import type { Listener } from './listener.ts';
import type { ReceivedLog, ReceivedRequest } from './received-log.ts';
import type { ServerSettings } from './server-options.ts';
import type { TokenStore } from './token-store.ts';

export interface ServerCounts {
  readonly requests: number;
  /** Requests that were carried out, whether or not the answer arrived. */
  readonly applied: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly connectionsOpened: number;
  readonly connectionsOpen: number;
  readonly tokensIssued: number;
}

/** An open connection, as a test sees it. */
export interface ConnectionInfo {
  readonly id: number;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  readonly requests: number;
  readonly idle: boolean;
}

export interface CertificateFiles {
  readonly caPath: string;
  /** Of a client. */
  readonly certPath: string;
  readonly keyPath: string;
  /** Of a server: for a reverse proxy that the same client trusts. */
  readonly serverCertPath: string;
  readonly serverKeyPath: string;
}

interface ServerParts {
  readonly settings: ServerSettings;
  readonly engine: Engine;
  readonly tokens: TokenStore;
  readonly faults: FaultSwitches;
  readonly log: ReceivedLog;
  readonly listener: Listener;
  readonly certificates: TestCertificates | undefined;
  readonly count: { readonly applied: number };
  readonly closing: AbortController;
}

/** A running server, and everything a test wants to know of it. */
export class ConductorTestServer {
  readonly #parts: ServerParts;
  /** What the server does its work with: state can be looked at, and made, without HTTP. */
  readonly engine: Engine;
  readonly faults: FaultSwitches;
  readonly tokens: TokenStore;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.engine = parts.engine;
    this.faults = parts.faults;
    this.tokens = parts.tokens;
  }

  get port(): number {
    return this.#parts.listener.port;
  }

  /** What a client takes as its server URL. */
  get url(): string {
    const { tls, host, basePath } = this.#parts.settings;
    const name = host.includes(':') ? `[${host}]` : host;
    return `${tls === false ? 'http' : 'https'}://${name}:${this.port}${basePath}`;
  }

  get apiUrl(): string {
    return `${this.url}/api`;
  }

  get keyId(): string {
    return this.tokens.keyId;
  }

  get keySecret(): string {
    return this.#parts.settings.keys[0]?.keySecret ?? '';
  }

  /** The authority to trust, in PEM. */
  get ca(): string {
    return this.#certificates().ca;
  }

  /** A certificate that mutual TLS accepts. */
  get clientCertificate(): CertificatePair {
    return this.#certificates().client;
  }

  /** The latest requests, oldest first. */
  get received(): readonly ReceivedRequest[] {
    return this.#parts.log.entries;
  }

  counts(): ServerCounts {
    const { log, listener, count } = this.#parts;
    return {
      requests: log.requests,
      applied: count.applied,
      byOperation: log.byOperation,
      connectionsOpened: listener.opened,
      connectionsOpen: listener.connections.length,
      tokensIssued: this.tokens.issued,
    };
  }

  connections(): ConnectionInfo[] {
    return this.#parts.listener.connections.map(({ id, session, requests, isIdle }) => ({
      id,
      protocol: session === undefined ? 'HTTP/1.1' : 'HTTP/2',
      requests,
      idle: isIdle,
    }));
  }

  /** For configuration that takes paths: the authority and both certificates. Keys are files only their owner can read. */
  async writeCertificates(directory: string): Promise<CertificateFiles> {
    // Written for callers in JavaScript: the compiler says the same to the others.
    if (typeof directory !== 'string' || directory === '') {
      throw new TypeError(
        'writeCertificates: no folder is given. Give the path of a folder; it is made where it is missing.',
      );
    }
    const { ca, client, server } = this.#certificates();
    const files = {
      caPath: join(directory, 'ca.pem'),
      certPath: join(directory, 'client.pem'),
      keyPath: join(directory, 'client-key.pem'),
      serverCertPath: join(directory, 'server.pem'),
      serverKeyPath: join(directory, 'server-key.pem'),
    };
    await mkdir(directory, { recursive: true });
    await Promise.all([
      writeFile(files.caPath, ca),
      writeFile(files.certPath, client.cert),
      writeFile(files.keyPath, client.key, { mode: 0o600 }),
      writeFile(files.serverCertPath, server.cert),
      writeFile(files.serverKeyPath, server.key, { mode: 0o600 }),
    ]);
    return files;
  }

  /** Ends at once, whatever is in flight: callers see their connection close. A second call does nothing more. */
  async close(): Promise<void> {
    const { closing, listener, engine } = this.#parts;
    closing.abort();
    await listener.close();
    engine.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #certificates(): TestCertificates {
    const { certificates } = this.#parts;
    if (certificates === undefined)
      throw new Error('This server has no certificates. Start it with tls: true or mtls: true.');
    return certificates;
  }
}
