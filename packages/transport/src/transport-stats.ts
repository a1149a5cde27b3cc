export interface OriginStats {
  readonly origin: string;
  /** `unknown` until the first connection has told. */
  readonly protocol: 'h2' | 'h1' | 'unknown';
  /** HTTP/2 sessions, those included that only finish their last calls. */
  readonly sessions: number;
  /** HTTP/1.1 sockets. */
  readonly sockets: number;
  /** Calls on a connection. */
  readonly inFlight: number;
  /** Calls that wait for one. */
  readonly queued: number;
  readonly limits: {
    readonly maxHttp2Sessions: number;
    readonly maxHttp1Sockets: number;
    readonly maxStreamsPerSession: number;
  };
}

export interface TransportStats {
  readonly origins: readonly OriginStats[];
  readonly totals: {
    /** Calls of fetch that were accepted, and redirects followed. */
    readonly requests: number;
    readonly connectionsOpened: number;
    /** Times a call was sent again because the server had refused it unprocessed. */
    readonly replays: number;
    /** Bytes of bodies, before decompression. */
    readonly bytesReceived: number;
  };
}
