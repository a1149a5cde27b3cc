import { expect, test } from 'vitest';
import { chooseProxy, isExempt, proxyAuthorization } from '../src/choose-proxy.ts';
import { createTransport } from '../src/index.ts';
import { TransportError } from '../src/transport-error.ts';

const HTTPS = new URL('https://api.example.com/');
const HTTP = new URL('http://api.example.com/');

test('the option wins over the environment, and `false` over both', () => {
  const env = { https_proxy: 'http://env:1' };
  expect(chooseProxy(HTTPS, 'http://option:2', env)).toMatchObject({
    source: 'proxy',
    url: new URL('http://option:2'),
  });
  expect(chooseProxy(HTTPS, false, env)).toBeUndefined();
});

test.each([
  [HTTPS, { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'https_proxy'],
  [HTTPS, { HTTPS_PROXY: 'http://b:1', ALL_PROXY: 'http://c:1' }, 'HTTPS_PROXY'],
  [HTTPS, { http_proxy: 'http://a:1', all_proxy: 'http://c:1' }, 'all_proxy'],
  [HTTP, { http_proxy: 'http://a:1', https_proxy: 'http://b:1' }, 'http_proxy'],
  [HTTP, { HTTP_PROXY: 'http://a:1' }, 'HTTP_PROXY'],
  [HTTP, { ALL_PROXY: 'http://a:1' }, 'ALL_PROXY'],
  [HTTPS, { http_proxy: 'http://a:1' }, undefined],
  [HTTPS, { https_proxy: '' }, undefined],
])('for %s the environment %o is served by %s', (target, env, source) => {
  expect(chooseProxy(target, undefined, env)?.source).toBe(source);
});

test('a proxy without a scheme is an http proxy', () => {
  expect(chooseProxy(HTTPS, undefined, { HTTPS_PROXY: 'proxy.corp:3128' })?.url.href).toBe('http://proxy.corp:3128/');
});

test('a proxy of another kind is refused by the name of its variable, without its password', () => {
  const choose = () => chooseProxy(HTTPS, undefined, { ALL_PROXY: 'socks5://user:hunter2@proxy:1080' });
  expect(choose).toThrow(TransportError);
  expect(choose).toThrow(expect.objectContaining({ code: 'INVALID_PROXY', source: 'ALL_PROXY' }));
  expect(choose).not.toThrow(/hunter2/);
});

test.each(['http://%E2%82:%AC@proxy:1', 'http://user:%AC@proxy:1', 'http://%E2:p@proxy:1', '', 42, null])(
  'the proxy %s is refused before anything is sent',
  (proxy) => {
    const create = () => createTransport({ proxy: proxy as unknown as string });
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_PROXY', source: 'proxy' }));
  },
);

test('NO_PROXY exempts a target from the environment, not from the option', () => {
  const env = { https_proxy: 'http://a:1', no_proxy: 'example.com' };
  expect(chooseProxy(HTTPS, undefined, env)).toBeUndefined();
  expect(chooseProxy(HTTPS, 'http://option:2', env)).toBeDefined();
});

test.each([
  ['https://example.com', 'example.com', true],
  ['https://api.example.com', 'example.com', true],
  ['https://api.example.com', '.example.com', true],
  ['https://example.com', '.example.com', true],
  ['https://api.example.com', '*.example.com', true],
  ['https://example.com', '*.example.com', false],
  ['https://badexample.com', 'example.com', false],
  ['https://example.com', '*', true],
  ['https://example.com', 'other.test, *', true],
  ['https://example.com', 'other.test example.com', true],
  ['https://example.com', 'EXAMPLE.com.', true],
  ['https://example.com', 'example.com:443', true],
  ['https://example.com:8443', 'example.com:443', false],
  ['http://example.com', 'example.com:80', true],
  ['http://10.0.0.1:8080', '10.0.0.1', true],
  ['http://[::1]:8080', '::1', true],
  ['http://[::1]:8080', '[::1]', true],
  ['http://[::1]:8080', '[::1]:8080', true],
  ['http://[::1]:8080', '[::1]:9090', false],
  ['https://example.com', '', false],
])('%s under NO_PROXY=%s is exempt: %s', (target, noProxy, exempt) => {
  expect(isExempt(new URL(target), noProxy)).toBe(exempt);
});

test('credentials become a Basic header', () => {
  const url = new URL('http://us%40er:p%3Aw@proxy:3128');
  expect(proxyAuthorization(url)).toBe(`Basic ${Buffer.from('us@er:p:w').toString('base64')}`);
});
