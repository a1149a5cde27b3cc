// Tells failures apart. Every error has a stable `code`, and a `hint` of what to do next.
import {
  AmbiguousRequestError,
  ConductorApiError,
  ConductorSdkError,
  createConductorClient,
  InvalidRequestError,
} from '@conductor-ts/client';

await using client = await createConductorClient();

try {
  await client.workflow.start({ body: { name: 'nobody_registered_this' } });
} catch (error) {
  if (error instanceof ConductorApiError && error.isNotFound()) {
    console.log(error.status, error.code, error.operation);
  } else if (error instanceof AmbiguousRequestError) {
    // It may have been started although its answer is lost. Look before you start it again: by its correlation id.
    console.log(error.hint);
  } else {
    throw error;
  }
}

try {
  // What cannot be right is refused before anything is sent.
  await client.workflow.get({ workflowId: '' });
} catch (error) {
  if (!(error instanceof InvalidRequestError)) throw error;
  console.log(error.code, error.path);
}

// The same without exceptions.
const { data, error } = await client.task.get({ taskId: 'unknown' }, { throwOnError: false });
if (error instanceof ConductorSdkError) console.log(error.code);
else console.log(data?.status);
