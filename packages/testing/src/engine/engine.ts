import type { Engine } from './engine-api.ts';
import type { EngineOptions } from './engine-options.ts';

export function createEngine(_options: Partial<EngineOptions> = {}): Engine {
  throw new Error('not built yet');
}
