import type { Document } from '@conductor-ts/codegen';
import { expect, test } from 'vitest';
import { judged, ourDocument } from '../src/contract.ts';
import { documentGaps } from '../src/document-gaps.ts';

const LEFT_OUT = [
  // A parameter that the server has no name for; it is the body in our document.
  'PUT /api/workflow/{}/skiptask/{}: parameter arg2 missing',
  // Times that the server sets by itself, whatever is sent.
  'SaveScheduleRequest.createTime: missing',
  'SaveScheduleRequest.updatedTime: missing',
];

// The embedded server has no document of its own: it is made from ours.
if (judged.kind === 'real') {
  test('our document has every operation, parameter and field of the one that the server gives', async () => {
    const server = (await (await fetch(`${judged.url}/api-docs`)).json()) as Document;
    expect(Object.keys(server.paths).length).toBeGreaterThan(130);
    expect(documentGaps(server, ourDocument).filter((gap) => !LEFT_OUT.includes(gap))).toEqual([]);
    // The server makes its document when it is first asked for it: 17 s, or minutes on a busy machine.
  }, 600_000);
} else {
  test('the embedded server gives no document', async () => {
    expect((await fetch(`${judged.url}/api-docs`)).headers.get('content-type')).toBe('text/html');
  });
}
