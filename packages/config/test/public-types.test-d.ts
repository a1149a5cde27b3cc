// Checked by the compiler only: the sections fit the options of the other packages, which declare them for themselves.
import { resolveOrkesConfig, type OrkesApiConfig } from '../src/index.ts';

interface TransportOptions {
  http2?: 'auto' | 'off' | 'prior-knowledge';
  maxHttp2Sessions?: number;
  connectTimeoutMs?: number;
  tls?: { cert?: string | Buffer; key?: string | Buffer; ca?: string | Buffer; insecure?: boolean };
  proxy?: string | false;
  sensitiveHeaders?: readonly string[];
  settingNames?: {
    insecure?: string;
    http2?: string;
    maxHttp2Sessions?: string;
    proxy?: string;
    connectTimeoutMs?: string;
  };
  logger?: { warn(message: string, fields?: object): void };
}

const config = resolveOrkesConfig({ serverUrl: process.env['URL'], logLevel: 20, keyId: undefined });
export const transport: TransportOptions = config.transport;
export const auth: { keyId: string; keySecret: string; refreshTokenInterval?: number } | undefined = config.auth;
export const retry: { requestTimeoutMs?: number; retryServerErrors?: boolean } = config.retry;

// @ts-expect-error a slip is seen by the compiler too, where the options are a literal
export const slip: OrkesApiConfig = { serverURL: 'http://localhost:8080' };
// @ts-expect-error the result cannot be changed
config.serverUrl = 'http://localhost:9090';
