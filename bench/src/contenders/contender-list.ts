import type { CreateContender } from './contender.ts';

export type ContenderName =
  | 'dispatch'
  | 'request'
  | 'undici-fetch'
  | 'global-fetch'
  | 'groups'
  | 'functions'
  | 'resource-style'
  | 'sdk';

/** Each is loaded only in the process that measures it: what others load must not count for it. */
const LOADERS: Readonly<Record<ContenderName, () => Promise<CreateContender>>> = {
  dispatch: async () => (await import('./bare-dispatch.ts')).bareDispatch,
  request: async () => (await import('./undici-request.ts')).undiciRequest,
  'undici-fetch': async () => (await import('./undici-fetch.ts')).undiciFetch,
  'global-fetch': async () => (await import('./global-fetch.ts')).globalFetch,
  groups: async () => (await import('./our-client.ts')).ourGroups,
  functions: async () => (await import('./our-client.ts')).ourFunctions,
  'resource-style': async () => (await import('./our-client.ts')).ourResourceStyle,
  sdk: async () => (await import('./published-sdk.ts')).publishedSdk,
};

export const CONTENDERS: readonly ContenderName[] = Object.keys(LOADERS) as ContenderName[];

export const OURS: readonly ContenderName[] = ['groups', 'functions', 'resource-style'];

export const TITLES: Readonly<Record<ContenderName, string>> = {
  dispatch: 'bare undici dispatch + JSON.parse',
  request: 'undici.request',
  'undici-fetch': 'undici.fetch',
  'global-fetch': 'global fetch',
  groups: 'our client, `client.workflow.get`',
  functions: 'our client, `workflowGet(client)`',
  'resource-style': 'our client, `workflowResource`',
  sdk: 'published JavaScript SDK',
};

export function loadContender(name: ContenderName): Promise<CreateContender> {
  return LOADERS[name]();
}
