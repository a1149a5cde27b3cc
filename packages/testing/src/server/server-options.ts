import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import type { CertificateRequest } from '../certificates/test-certificates.ts';
import type { Responder } from './route-table.ts';
import type { ServerMode } from './route.ts';
import type { AccessKey } from './token-store.ts';

export interface ServerSettings {
  /** Which server to be: the open-source one, or Orkes Conductor with its tokens. @default 'oss' */
  readonly mode: ServerMode;
  /**
   * Which operations are not carried out but have their requests checked (400 where one is wrong), with the least
   * answer that fits: `rest`, those of the mode's server that this one does not run; `all`, every one of both servers;
   * `none`, so that what is not run is a 404. @default 'rest'
   */
  readonly responder: Responder;
  /** 0: any free port. @default 0 */
  readonly port: number;
  /** Where to listen. @default '127.0.0.1' */
  readonly host: string;
  /** Lets `host` be reachable from other machines; there is no protection then but the keys of Orkes mode. @default false */
  readonly allowNonLoopback: boolean;
  /** HTTP/2 beside HTTP/1.1: by ALPN over TLS, by prior knowledge without it. @default false */
  readonly http2: boolean;
  /** TLS with certificates made at start; an object says for which hosts and how long. @default false */
  readonly tls: boolean | CertificateRequest;
  /** Demands a client certificate of the server's own authority; switches `tls` on. @default false */
  readonly mtls: boolean;
  /** Orkes mode: what POST /api/token takes. @default one pair made at start */
  readonly keys: readonly AccessKey[];
  /** Orkes mode: life of a token, in milliseconds. @default 3_600_000 */
  readonly tokenTtlMs: number;
  /** All of the server's time: timers, token life, delays of faults. @default systemClock */
  readonly clock: Clock;
  /** Path in front of `/api`, as behind a reverse proxy. @default '' */
  readonly basePath: string;
  /** Larger request bodies are refused. @default 20_000_000 */
  readonly maxBodyBytes: number;
  /** Requests kept in `received`. @default 1_000 */
  readonly maxReceived: number;
  /** Ended executions kept; beyond it the oldest is forgotten. @default 10_000 */
  readonly maxWorkflows: number;
  /** HTTP/1.1: the answer that closes the connection, from 1; 0: none does. @default 100 */
  readonly maxRequestsPerConnection: number;
  /** Idle connections are closed after this many milliseconds; 0: never. @default 60_000 */
  readonly keepAliveTimeoutMs: number;
  /** HTTP/2: streams open at a time on one connection. @default 100 */
  readonly maxConcurrentStreams: number;
  /** Seed of the chance in fault rules. @default 1 */
  readonly seed: number;
  /** Lets the process end although the server still listens. @default false */
  readonly unref: boolean;
}

/** An explicit `undefined` means the default. */
export type ServerOptions = { [K in keyof ServerSettings]?: ServerSettings[K] | undefined };

export const SERVER_DEFAULTS: Omit<ServerSettings, 'keys'> = {
  mode: 'oss',
  responder: 'rest',
  port: 0,
  host: '127.0.0.1',
  allowNonLoopback: false,
  http2: false,
  tls: false,
  mtls: false,
  tokenTtlMs: 3_600_000,
  clock: systemClock,
  basePath: '',
  maxBodyBytes: 20_000_000,
  maxReceived: 1_000,
  maxWorkflows: 10_000,
  maxRequestsPerConnection: 100,
  keepAliveTimeoutMs: 60_000,
  maxConcurrentStreams: 100,
  seed: 1,
  unref: false,
};

/** Fills in defaults and refuses what cannot work; a `RangeError` names the option. */
export function resolveServerOptions(options: ServerOptions): ServerSettings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings: ServerSettings = { keys: [newAccessKey()], ...SERVER_DEFAULTS, ...given };
  const { mode, responder, host, allowNonLoopback, keys, mtls, tls } = settings;
  if (mode !== 'oss' && mode !== 'orkes')
    throw new RangeError(`mode: '${String(mode)}' is none. Give 'oss' or 'orkes'.`);
  if (!['rest', 'all', 'none'].includes(responder))
    throw new RangeError(`responder: '${responder as string}' is none. Give 'rest', 'all' or 'none'.`);
  if (!isLoopback(host) && !allowNonLoopback) {
    throw new RangeError(
      `host: '${host}' can be reached from other machines, and this server is for tests. Leave it out, or set allowNonLoopback: true.`,
    );
  }
  if (keys.length === 0) throw new RangeError('keys: the list is empty. Leave it out, or give at least one pair.');
  for (const name of COUNTS) {
    const value = settings[name];
    if (!Number.isInteger(value) || value < 0)
      throw new RangeError(`${name}: ${value} is not a whole number of 0 or more.`);
  }
  if (settings.port > 65_535) throw new RangeError(`port: ${settings.port} is above 65535.`);
  return { ...settings, tls: mtls && tls === false ? true : tls, basePath: trimBasePath(settings.basePath) };
}

const COUNTS = [
  'port',
  'tokenTtlMs',
  'maxBodyBytes',
  'maxReceived',
  'maxWorkflows',
  'maxRequestsPerConnection',
  'keepAliveTimeoutMs',
  'maxConcurrentStreams',
] as const;

const newAccessKey = (): AccessKey => ({ keyId: `key-${randomUUID()}`, keySecret: `secret-${randomUUID()}` });

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

const trimBasePath = (path: string): string => {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
};
