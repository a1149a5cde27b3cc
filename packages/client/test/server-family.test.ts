import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { createServerFamilyProbe } from '../src/server-family.ts';

test.each(['oss', 'orkes'] as const)(
  'a server of the family %s is known by its answer for an empty token request',
  async (mode) => {
    await using server = await startConductorServer({ mode });
    const probe = createServerFamilyProbe(fetch, server.url, undefined);
    expect(probe.current()).toBe('unknown');
    expect(await probe.learn()).toBe(mode);
    expect(probe.current()).toBe(mode);
  },
);

test('many who ask at once cost one request, and later ones none', async () => {
  let asked = 0;
  const answer = (): Promise<Response> => Promise.resolve(new Response('{}', { status: 404 }));
  const probe = createServerFamilyProbe(() => ((asked += 1), answer()), 'http://server', undefined);
  await Promise.all([probe.learn(), probe.learn(), probe.learn()]);
  await probe.learn();
  expect(asked).toBe(1);
});

test('a server that cannot be asked stays unknown, and is asked again when it matters again', async () => {
  const answers = [
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.resolve(new Response('<html>', { status: 502 })),
    () => Promise.resolve(new Response('<html>', { status: 404 })),
    () => Promise.resolve(new Response('{"error":"INVALID_KEY"}', { status: 401 })),
  ];
  const probe = createServerFamilyProbe(
    () => (answers.shift() ?? answers[0])?.() ?? Promise.reject(),
    'http://s',
    undefined,
  );
  for (let asked = 0; asked < 3; asked += 1) expect(await probe.learn()).toBe('unknown');
  expect(await probe.learn()).toBe('orkes');
});

test.each([
  ['a page that asks for a password', 401, '<html>Authorization required</html>'],
  ['a refusal of a gateway', 403, '{"message":"Missing Authentication Token"}'],
  ['a refusal in the words of Spring', 403, '{"status":403,"error":"Forbidden","path":"/api/token"}'],
  ['a refusal in the words of OAuth', 400, '{"error":"invalid_request"}'],
  ['JSON that is no object', 400, 'null'],
])('%s says nothing of the family of the server behind it', async (_, status, body) => {
  const probe = createServerFamilyProbe(() => Promise.resolve(new Response(body, { status })), 'http://s', undefined);
  expect(await probe.learn()).toBe('unknown');
});

test('a fetch that throws at once is asked again as well', async () => {
  let asked = 0;
  const fetch = (): Promise<Response> => {
    asked += 1;
    if (asked === 1) throw new Error('at once');
    return Promise.resolve(new Response('{}', { status: 404 }));
  };
  const probe = createServerFamilyProbe(fetch, 'http://s', undefined);
  expect(await probe.learn()).toBe('unknown');
  expect(await probe.learn()).toBe('oss');
});

test('what a token manager knows need not be asked', async () => {
  const probe = createServerFamilyProbe(() => Promise.reject(new Error('asked')), 'http://s', { mode: 'oss' });
  expect(await probe.learn()).toBe('oss');
});

test('whoever stops waiting for the answer has none, and the others get theirs', async () => {
  let answer: (response: Response) => void = () => undefined;
  const asked = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const probe = createServerFamilyProbe(() => asked, 'http://s', undefined);
  const controller = new AbortController();
  const [impatient, patient] = [probe.learn(controller.signal), probe.learn()];
  controller.abort();
  expect(await impatient).toBe('unknown');
  expect(await probe.learn(controller.signal)).toBe('unknown');
  answer(new Response('{}', { status: 404 }));
  expect(await patient).toBe('oss');
});

test('a fetch that neither answers nor heeds the signal of the question holds nobody up', async () => {
  const probe = createServerFamilyProbe(() => new Promise(() => undefined), 'http://s', undefined, 10);
  expect(await probe.learn()).toBe('unknown');
  expect(await probe.learn(undefined, Infinity)).toBe('unknown');
});

test('nobody waits longer than his own time allows', async () => {
  const probe = createServerFamilyProbe(() => new Promise(() => undefined), 'http://s', undefined);
  expect(await probe.learn(undefined, 10)).toBe('unknown');
  expect(await probe.learn(undefined, 0)).toBe('unknown');
});

test('a fetch that neither answers nor heeds its signal costs the one who asks its time, and not all who ask later', async () => {
  const answers = [new Promise<Response>(() => undefined), Promise.resolve(new Response('{}', { status: 404 }))];
  const probe = createServerFamilyProbe(() => answers.shift() ?? Promise.reject(), 'http://s', undefined, 5);
  expect(await probe.learn()).toBe('unknown');
  expect(await probe.learn()).toBe('oss');
});
