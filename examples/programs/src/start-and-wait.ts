// Defines a workflow, starts it, and waits for its end.
import { createConductorClient } from '@conductor-ts/client';

await using client = await createConductorClient();

await client.metadata.registerWorkflowDef({
  overwrite: true,
  body: {
    name: 'greeting',
    ownerEmail: 'you@example.com',
    timeoutSeconds: 60,
    tasks: [
      {
        name: 'greet',
        taskReferenceName: 'greet',
        type: 'INLINE',
        inputParameters: { evaluatorType: 'javascript', expression: "'Hello ' + $.who", who: '${workflow.input.who}' },
      },
    ],
    outputParameters: { text: '${greet.output.result}' },
  },
});

const { status, output } = await client.workflow.startAndWait<{ text: string }>(
  { body: { name: 'greeting', input: { who: 'Ada' } } },
  { totalTimeoutMs: 30_000 },
);
console.log(status, output?.text);
