import { expectRecorded } from './recorded-server.ts';

expectRecorded([
  ['GET /health', undefined, 200, 'json', { healthResults: [], suppressedHealthResults: [], healthy: true }],
  ['GET /api/health', undefined, 200, 'json', { healthy: true }],
  ['GET /api/version', undefined, 200, 'text', '3.32.3'],
  ['POST /api/admin/sweep/requeue/$running', undefined, 200, 'text', /^(?:true|false)\./],
  ['GET /api/admin/config', undefined, 200, 'json'],
]);
