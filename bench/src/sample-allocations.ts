import { Session } from 'node:inspector/promises';
import type { HeapProfiler } from 'node:inspector';

/** Small enough that a few thousand calls give thousands of samples. */
const BYTES_PER_SAMPLE = 8 * 1024;

/** Bytes allocated in the JavaScript heap while `work` runs, also those that were collected meanwhile. */
export async function sampleAllocations(work: () => Promise<void>): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: BYTES_PER_SAMPLE,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  } as HeapProfiler.StartSamplingParameterType);
  await work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  return sumOf(profile.head);
}

function sumOf(node: HeapProfiler.SamplingHeapProfileNode): number {
  return node.children.reduce((sum, child) => sum + sumOf(child), node.selfSize);
}
