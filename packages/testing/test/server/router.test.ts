import { expect, test } from 'vitest';
import { emptyAnswer } from '../../src/server/answer.ts';
import type { Method } from '../../src/server/route.ts';
import { Router } from '../../src/server/router.ts';
import { routeTable } from '../../src/server/route-table.ts';

test('a literal further to the left wins over a variable', () => {
  const router = routerOf('PUT /a/{id}/pause', 'PUT /a/bulk/pause');
  expect(found(router, 'PUT', '/a/bulk/pause')).toEqual(['/a/bulk/pause', {}]);
  expect(found(router, 'PUT', '/a/7/pause')).toEqual(['/a/{id}/pause', { id: '7' }]);
});

test('a template that fits path and method wins over one that fits the path better', () => {
  const router = routerOf('GET /a/{name}/tags', 'DELETE /a/{name}/{version}');
  expect(found(router, 'DELETE', '/a/w/tags')).toEqual(['/a/{name}/{version}', { name: 'w', version: 'tags' }]);
});

test('a known path with an unknown method names the methods it has', () => {
  expect(routerOf('GET /a/{x}', 'POST /a/b').match('PUT', '/a/b')).toEqual({ found: 'path', methods: ['POST', 'GET'] });
});

test('an empty segment is no value of a variable', () => {
  expect(routerOf('GET /a/{x}').match('GET', '/a/')).toEqual({ found: 'nothing' });
});

test('two routes for one method and path are a mistake', () => {
  expect(() => routerOf('GET /a', 'GET /a')).toThrow('Two routes for GET /a');
});

test('every operation of the table has a name of its own', () => {
  const names = routeTable('orkes', 'none').map(({ operation }) => operation);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('what only Orkes has is not in the table of the open-source server', () => {
  const only = routeTable('orkes', 'none').filter((route) => !routeTable('oss', 'none').includes(route));
  expect(only.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/scheduler/schedules/{name}/pause',
    'GET /api/scheduler/schedules/{name}/resume',
    // With a list of handlers in place of one.
    'POST /api/event',
    'POST /api/token',
    'GET /api/token/userInfo',
    'POST /api/workflow/start/{name}/{version}',
    'POST /api/workflow/execute/{name}',
    'GET /api/workflow/execute/{name}',
  ]);
});

function routerOf(...lines: string[]): Router {
  return new Router(
    lines.map((line) => {
      const [method, path = ''] = line.split(' ');
      return { method: method as Method, path, operation: line, handle: () => emptyAnswer() };
    }),
  );
}

function found(router: Router, method: string, path: string): unknown {
  const match = router.match(method, path);
  return match.found === 'route' ? [match.route.path, match.segments] : match.found;
}
