// undici ships types for its index only. The index is never imported: loading it replaces the global fetch dispatcher of
// Node 22. These are the few members that this package uses.

declare module 'undici/lib/dispatcher/pool.js' {
  import type { Socket } from 'node:net';

  interface PoolOptions {
    connections: number;
    pipelining: number;
    allowH2: boolean;
    connect: (options: object, callback: (error: Error | null, socket: Socket | null) => void) => Socket;
    keepAliveTimeout: number;
    headersTimeout: number;
    bodyTimeout: number;
  }

  class Pool {
    constructor(origin: string, options: PoolOptions);
    dispatch(options: object, handler: object): boolean;
    close(): Promise<void>;
    destroy(error?: Error): Promise<void>;
  }
  export = Pool;
}

declare module 'undici/lib/core/symbols.js' {
  const symbols: { readonly kQueuedAbort?: symbol };
  export = symbols;
}
