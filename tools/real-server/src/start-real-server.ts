import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findJava } from './find-java.ts';
import { freePort } from './free-port.ts';
import { SetupError } from './setup-error.ts';
import { unpackedApp } from './unpacked-app.ts';

export interface RealServerOptions {
  /** Cleartext HTTP/2 by prior knowledge beside HTTP/1.1. @default false */
  readonly http2?: boolean | undefined;
  /** Compressed answers for whoever accepts them. @default false */
  readonly compression?: boolean | undefined;
  /** A file: the class cache for later starts is written there when the server stops (takes some 20 s then). @default none */
  readonly trainInto?: string | undefined;
}

export interface RealServer {
  readonly url: string;
  readonly logFile: string;
  /** Ends it as an operator does, and removes its data. Harmless when repeated. */
  stop(): Promise<void>;
  /** Ends it as a power cut does; its data stay. */
  kill(): Promise<void>;
  /** Boots it again on the same data and port. */
  startAgain(): Promise<void>;
}

/** Longest wait for the server to be healthy, in milliseconds; usually 10 to 60 s, minutes on a machine that does much else. */
const BOOT_LIMIT_MS = 600_000;

/** Boots the released server on a free loopback port, with SQLite in a folder of its own, and waits for its health. */
export async function startRealServer(options: RealServerOptions = {}): Promise<RealServer> {
  const java = findJava();
  const app = await unpackedApp(java);
  const folder = mkdtempSync(join(tmpdir(), 'conductor-server-'));
  const logFile = join(folder, 'server.log');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { trainInto } = options;
  const args = [
    '-Xmx768m',
    '--enable-native-access=ALL-UNNAMED',
    // It lives for minutes: the optimizing compiler would take a third of its processor time and not pay that back.
    '-XX:TieredStopAtLevel=1',
    ...(trainInto !== undefined ? [`-XX:AOTCacheOutput=${trainInto}`] : []),
    ...(trainInto === undefined && existsSync(app.aotCache) ? [`-XX:AOTCache=${app.aotCache}`] : []),
    '-jar',
    app.jar,
    '--server.address=127.0.0.1',
    `--server.port=${port}`,
    `--spring.datasource.url=jdbc:sqlite:${folder}/conductor.db?busy_timeout=15000&journal_mode=WAL`,
    '--management.health.elasticsearch.enabled=false',
    // A task over its concurrency limit is offered again after this time; the default of 60 s is for crowds.
    '--conductor.app.taskExecutionPostponeDuration=1s',
    `--server.http2.enabled=${options.http2 === true}`,
    `--server.compression.enabled=${options.compression === true}`,
  ];
  let child = await boot();

  async function boot(): Promise<ChildProcess> {
    const log = openSync(logFile, 'a');
    // A clean environment: the server picks up keys of other services from it, and shows them to whoever asks.
    const started = spawn(java.path, args, {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', HOME: folder },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    process.once('exit', () => started.kill('SIGKILL'));
    const limit = Date.now() + BOOT_LIMIT_MS;
    while (Date.now() < limit && started.exitCode === null && started.signalCode === null) {
      if (await isHealthy(url)) return started;
      await sleep(250);
    }
    started.kill('SIGKILL');
    const log200 = readFileSync(logFile, 'utf8').split('\n').slice(-200).join('\n');
    rmSync(folder, { recursive: true, force: true });
    throw new SetupError(`The server did not become healthy. The end of its log:\n${log200}`);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  return {
    url,
    logFile,
    async stop() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    async startAgain() {
      await end('SIGTERM');
      child = await boot();
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
    return response.ok && ((await response.json()) as { healthy?: unknown }).healthy === true;
  } catch {
    // Refused until about a second before it is ready.
    return false;
  }
}
