/** One L4 flow between two workloads, summed over their pods, as the Hub counts it so far. */
export interface Flow {
  readonly client: string;
  readonly server: string;
  readonly port: number | undefined;
  /** `tcp`, `udp`, … */
  readonly protocol: string;
  /** Whether the server's address is outside of the cluster. */
  readonly outside: boolean;
  readonly packets: number;
  readonly bytes: number;
  readonly connections: number;
  /** Handshake round trip, µs, where told. */
  readonly handshakeP50: number | undefined;
  readonly handshakeP99: number | undefined;
  /** Where `raw` tells them. */
  readonly resets: number | undefined;
  readonly retransmissions: number | undefined;
}

/** What the Hub said of L4 at one moment. */
export interface FlowReading {
  readonly at: number;
  readonly flows: readonly Flow[];
  readonly totalBytes: number;
  readonly truncated: boolean;
}
