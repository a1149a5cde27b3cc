import { wrapFetchWithRetry } from '@conductor-ts/retry';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const URL = 'http://stub.example/api/workflow/1';
const HEADERS = { accept: '*/*' };

/** Answers at once, and with the same answer: nothing is left to measure but what is around it. */
function stub(): Fetch {
  const answer = new Response('{}');
  return async () => answer;
}

/** What a careful program writes around a fetch: a controller, and a timer that aborts it. */
function withTimer(fetch: Fetch): Fetch {
  return async (input, init) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 60_000);
    try {
      return await fetch(input, { ...init, signal: controller.signal });
    } finally {
      clearTimeout(timer);
    }
  };
}

export async function callStub(wrapped: boolean, calls: number): Promise<void> {
  const fetch = wrapped ? wrapFetchWithRetry(stub()) : withTimer(stub());
  for (let call = 0; call < calls; call += 1) await fetch(URL, { method: 'GET', headers: HEADERS });
}
