import { expect, test } from 'vitest';
import {
  type Caller,
  taskPollReady,
  taskUpdateWithRetry,
  workflowSearchAll,
  workflowStartAndWait,
  workflowWaitFor,
} from '../../src/index.ts';
import { recordingCaller } from '../recording-caller.ts';

const METHODS: readonly (readonly [name: string, call: (client: Caller, options: never) => unknown])[] = [
  ['workflow.waitFor', (client, options) => workflowWaitFor(client, { workflowId: 'w' }, options)],
  ['workflow.startAndWait', (client, options) => workflowStartAndWait(client, { body: { name: 'w' } }, options)],
  ['task.pollReady', (client, options) => taskPollReady(client, { tasktype: 't', count: 2 }, options)],
  ['task.updateWithRetry', (client, options) => taskUpdateWithRetry(client, { body: {} as never }, options)],
  ['workflow.search', (client, options) => workflowSearchAll(client, {}, options).toArray()],
];

test.each(METHODS)('%s gives data: another form is refused before anything is sent', async (operation, call) => {
  for (const options of [{ throwOnError: false }, { withResponse: true }]) {
    const { caller, sent } = recordingCaller();
    const error = await (async () => call(caller, options as never))().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', operation, path: Object.keys(options)[0] });
    expect(sent).toEqual([]);
  }
});
