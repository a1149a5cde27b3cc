// A fetch of your own in place of the transport: here the platform's, with a line for each request.
import { createConductorClient } from '@conductor-ts/client';

const traced: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  console.log(init?.method ?? 'GET', new URL(response.url).pathname, response.status);
  return response;
};

// Retries, tokens and errors work as ever; TLS, proxy and connections are then those of your fetch.
await using client = await createConductorClient({}, traced);
await client.health.check();
