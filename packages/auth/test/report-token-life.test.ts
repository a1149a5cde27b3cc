import { expect, test } from 'vitest';
import type { MintFailure } from '../src/mint-failure.ts';
import { reportTokenLife } from '../src/report-token-life.ts';
import type { Report } from '../src/token-events.ts';

const failure: MintFailure = {
  kind: 'transient',
  code: 'AUTH_ENDPOINT_FAILED',
  status: 503,
  serverCode: 'DOWN',
  serverMessage: 'later',
  cause: new Error('inner'),
};
const fields = {
  code: 'AUTH_ENDPOINT_FAILED',
  status: 503,
  serverCode: 'DOWN',
  serverMessage: 'later',
  reason: 'inner',
  sinceMs: 1_235,
};

test.each<[Partial<Report> & Pick<Report, 'what'>, unknown[]]>([
  [{ what: 'minted' }, ['debug', 'Access token obtained', undefined]],
  [{ what: 'recovered' }, ['info', 'Access token obtained again', { failures: 2, downMs: 1_235 }]],
  [
    { what: 'no-endpoint', failure: { kind: 'no-endpoint', code: 'AUTH_ENDPOINT_MISSING', status: 404 } },
    [
      'warn',
      'The server has no token endpoint: a key is set, but calls go out without a token',
      { status: 404, hint: 'Right for Conductor OSS, which needs no key. For Orkes, check the server URL.' },
    ],
  ],
  [{ what: 'failed-again', failure }, ['debug', 'Still no new access token', { ...fields, failures: 2 }]],
  [{ what: 'failing', failure }, ['warn', 'Getting an access token fails', { ...fields, failures: 2 }]],
  [{ what: 'failing', failure, failures: 4 }, ['warn', 'Getting an access token fails', { ...fields, failures: 4 }]],
  [
    { what: 'still-failing', failure, failures: 5 },
    ['error', 'Getting an access token fails', { ...fields, failures: 5 }],
  ],
  [
    { what: 'failing', failure: { ...failure, kind: 'credentials' } },
    ['error', 'Getting an access token fails', { ...fields, failures: 2 }],
  ],
  [
    { what: 'failing', failure: { ...failure, cause: 'a text' } },
    ['warn', 'Getting an access token fails', { ...fields, reason: undefined, failures: 2 }],
  ],
])('%j is one line', (report, line) => {
  const lines: unknown[] = [];
  const log =
    (level: string) =>
    (message: string, more?: object): void =>
      void lines.push([level, message, more]);
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  reportTokenLife(logger, { do: 'report', failures: 2, sinceMs: 1_234.6, ...report });
  expect(lines).toEqual([line]);
});
