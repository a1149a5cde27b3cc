import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { allOperations } from '../src/runtime/operation-table.ts';

test.each(['oss', 'orkes'] as const)(
  'the test server of mode %s knows each request by the name of the method that sends it',
  async (mode) => {
    await using server = await startConductorServer({ mode });
    const knownAs = new Map<string, string>();
    for (const { name, method, path, pathParams } of allOperations()) {
      // Values that are no piece of another path.
      const url = path.reduce((left, piece, index) => `${left}any-${pathParams[index - 1]}${piece}`);
      await (await fetch(server.url + url, { method, ...(method === 'GET' ? {} : { body: '' }) })).text();
      const operation = server.received.at(-1)?.operation;
      if (operation !== undefined) knownAs.set(name, operation);
    }
    // What a server lacks may fall to another operation: one without tags takes the word for the version of a definition.
    for (const operation of knownAs.values()) expect(knownAs.get(operation)).toBe(operation);
    expect(knownAs.size).toBeGreaterThan(70);
  },
);
