/** What was met besides calls. */
export interface PcapCounts {
  /** Answers whose requests were not captured. */
  orphans: number;
  /** Calls whose name, or statement, was sent before the capture began. */
  unnamed: number;
  /** Places where a connection's bytes are missing. */
  gaps: number;
  /** Places that don't follow their protocol. */
  unreadable: number;
  /** Connections that carried bytes: encrypted ones, and those of no known protocol. */
  encrypted: number;
  unknown: number;
}

export function noCounts(): PcapCounts {
  return { orphans: 0, unnamed: 0, gaps: 0, unreadable: 0, encrypted: 0, unknown: 0 };
}
