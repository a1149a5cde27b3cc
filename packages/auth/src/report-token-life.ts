import type { MintFailure } from './mint-failure.ts';
import type { Report } from './token-events.ts';
import { MAX_AUTH_FAILURES } from './token-limits.ts';

/** Any logger with these four methods. */
export interface AuthLogger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** One line when something changed, a summary now and then while it lasts, one line when it is over. */
export function reportTokenLife(logger: AuthLogger, report: Report): void {
  const { failures, sinceMs, failure } = report;
  switch (report.what) {
    case 'minted':
      return logger.debug('Access token obtained');
    case 'recovered':
      return logger.info('Access token obtained again', { failures, downMs: Math.round(sinceMs) });
    case 'no-endpoint':
      return logger.warn('The server has no token endpoint: a key is set, but calls go out without a token', {
        status: failure?.status,
        hint: 'Right for Conductor OSS, which needs no key. For Orkes, check the server URL.',
      });
    case 'failed-again':
      return logger.debug('Still no new access token', fieldsOf(failure, failures, sinceMs));
    case 'failing':
    case 'still-failing': {
      const bad = failures >= MAX_AUTH_FAILURES || failure?.kind === 'credentials';
      return logger[bad ? 'error' : 'warn']('Getting an access token fails', fieldsOf(failure, failures, sinceMs));
    }
  }
}

function fieldsOf(failure: MintFailure | undefined, failures: number, sinceMs: number): object {
  const { code, status, serverCode, serverMessage, cause } = failure ?? {};
  const reason = cause instanceof Error ? cause.message : undefined;
  return { code, status, serverCode, serverMessage, reason, failures, sinceMs: Math.round(sinceMs) };
}
