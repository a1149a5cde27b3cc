import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, SetupError } from '@conductor-ts/real-server';
import { type CertificateFiles, startConductorServer } from '@conductor-ts/testing';
import { findNginx } from './find-nginx.ts';
import { nginxConfig } from './nginx-config.ts';

/** nginx in front of a server: TLS and HTTP/2, and a reload every now and then. */
export interface NginxFront {
  readonly url: string;
  /** The authority to trust. */
  readonly caPath: string;
  /** So many times it has been reloaded. */
  readonly reloads: number;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

/** Longest wait until it listens, in milliseconds. */
const START_LIMIT_MS = 10_000;
const RELOAD_EVERY_MS = 2_000;

/** Starts nginx in a folder of its own, in front of the server at `upstreamUrl`. */
export async function startNginx(upstreamUrl: string): Promise<NginxFront> {
  const nginx = findNginx();
  const folder = mkdtempSync(join(tmpdir(), 'conductor-nginx-'));
  const port = await freePort();
  const { caPath, serverCertPath, serverKeyPath } = await certificates(folder);
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    nginxConfig({
      folder,
      port,
      upstream: new URL(upstreamUrl).host,
      certPath: serverCertPath,
      keyPath: serverKeyPath,
      isRoot: process.getuid?.() === 0,
    }),
  );
  const own = ['-p', folder, '-e', join(folder, 'error.log'), '-c', config];
  const child = spawn(nginx, own, { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGTERM'));
  if (!(await listens(child, port))) {
    const log = join(folder, 'error.log');
    const said = existsSync(log) ? readFileSync(log, 'utf8') : 'nothing';
    await end(child);
    rmSync(folder, { recursive: true, force: true });
    throw new SetupError(`nginx did not start. Its log says: ${said}`);
  }
  let reloads = 0;
  const timer = setInterval(() => {
    if (spawnSync(nginx, [...own, '-s', 'reload']).status === 0) reloads += 1;
  }, RELOAD_EVERY_MS);
  return {
    url: `https://127.0.0.1:${port}`,
    caPath,
    get reloads() {
      return reloads;
    },
    async close() {
      clearInterval(timer);
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Made by the test server, which is needed no longer than that. */
async function certificates(folder: string): Promise<CertificateFiles> {
  await using server = await startConductorServer({ tls: true });
  return await server.writeCertificates(folder);
}

async function listens(child: ChildProcess, port: number): Promise<boolean> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit && child.exitCode === null) {
    if (await accepts(port)) return true;
    await sleep(50);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
