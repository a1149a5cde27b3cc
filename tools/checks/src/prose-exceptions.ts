/** Places that read words after all, each with its reason. By file and what is read there; whoever adds one says why no code will do. */
export const PROSE_EXCEPTIONS: Readonly<Record<string, string>> = {
  'packages/transport/src/exchange-error.ts: raw.message':
    'Words of undici, not of a server: it gives these two errors no code. The range of undici is pinned, and a test holds the result.',
  'packages/transport/src/check-dispatcher.ts: cause.message':
    'Words of another undici, not of a server: a dispatcher of an old one complains in its own words about the handler that it lacks.',
};
