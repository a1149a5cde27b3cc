import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideRedirect, headersForHop } from '../src/redirect-rule.ts';
import type { RedirectSituation } from '../src/redirect-rule.ts';

test('a GET to another path of the same host is followed', () => {
  expect(decideRedirect(at({ location: '/new?x=1' }))).toMatchObject({
    do: 'follow',
    url: new URL('http://a.test:8080/new?x=1'),
  });
});

test('a POST is sent again for 307 and 308', () => {
  for (const status of [307, 308]) expect(decideRedirect(at({ status, method: 'POST' })).do).toBe('follow');
});

test('a POST is not turned into a GET', () => {
  for (const status of [301, 302, 303]) {
    expect(decideRedirect(at({ status, method: 'POST' }))).toMatchObject({
      do: 'refuse',
      reason: 'the method would change',
    });
  }
});

test('a streamed body is not sent again', () => {
  expect(decideRedirect(at({ status: 307, method: 'POST', bodyCanBeResent: false }))).toMatchObject({ do: 'refuse' });
});

test('the upgrade from port 80 to TLS on port 443 is followed, the way back is not', () => {
  expect(decideRedirect(at({ from: new URL('http://a.test/'), location: 'https://a.test/' })).do).toBe('follow');
  expect(decideRedirect(at({ from: new URL('https://a.test/'), location: 'http://a.test/' })).do).toBe('refuse');
  expect(decideRedirect(at({ from: new URL('http://a.test:8080/'), location: 'https://a.test/' })).do).toBe('refuse');
});

test('a refusal names the location without its query', () => {
  expect(decideRedirect(at({ location: 'http://b.test/x?token=secret' }))).toMatchObject({
    do: 'refuse',
    location: 'http://b.test/x',
  });
});

test('the fifth redirect is followed, the sixth is not', () => {
  expect(decideRedirect(at({ followed: 4 })).do).toBe('follow');
  expect(decideRedirect(at({ followed: 5 }))).toMatchObject({ do: 'refuse', code: 'REDIRECT_LIMIT' });
});

test('`manual` gives the redirect to the caller, `error` refuses it', () => {
  expect(decideRedirect(at({ mode: 'manual' })).do).toBe('return');
  expect(decideRedirect(at({ mode: 'error' })).do).toBe('refuse');
});

test('other answers, and redirects without a location, are returned', () => {
  expect(decideRedirect(at({ status: 304 })).do).toBe('return');
  expect(decideRedirect(at({ location: undefined })).do).toBe('return');
});

test('no redirect ever leads to another host or port', () => {
  const host = fc.constantFrom('a.test', 'b.test', 'a.test.', 'sub.a.test', '[::1]');
  const url = fc
    .tuple(fc.constantFrom('http', 'https'), host, fc.constantFrom('', ':80', ':443', ':8080'))
    .map(([scheme, name, port]) => `${scheme}://${name}${port}/`);
  fc.assert(
    fc.property(url, url, fc.constantFrom(301, 302, 303, 307, 308), (from, location, status) => {
      const decision = decideRedirect(at({ from: new URL(from), location, status }));
      if (decision.do !== 'follow') return;
      const before = new URL(from);
      expect(decision.url.hostname).toBe(before.hostname);
      if (decision.url.protocol === before.protocol) expect(decision.url.port).toBe(before.port);
      else expect([before.protocol, before.port, decision.url.port]).toEqual(['http:', '', '']);
    }),
  );
});

test('secret headers stay with their host', () => {
  const headers = { 'x-auth': 'secret', accept: '*/*' };
  const secret = new Set(['x-auth']);
  expect(headersForHop(headers, new URL('http://a.test'), new URL('https://a.test'), secret)).toEqual(headers);
  expect(headersForHop(headers, new URL('http://a.test'), new URL('http://b.test'), secret)).toEqual({ accept: '*/*' });
});

function at(differences: Partial<RedirectSituation>): RedirectSituation {
  return {
    status: 302,
    location: '/elsewhere',
    from: new URL('http://a.test:8080/here'),
    method: 'GET',
    bodyCanBeResent: true,
    mode: 'follow',
    followed: 0,
    maxRedirects: 5,
    ...differences,
  };
}
