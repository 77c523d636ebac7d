/** Where the calls come from, which ones, and how. */
export interface KubesharkOptions {
  /** Command line of an MCP server on standard streams. */
  readonly command?: string | undefined;
  /** The Hub, its front end, or its MCP endpoint. */
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly licenseKey?: string | undefined;
  readonly namespace?: readonly string[] | undefined;
  readonly workload?: readonly string[] | undefined;
  /** An expression that calls must match as well. */
  readonly kfl?: string | undefined;
  /** Read this snapshot, whatever the route. */
  readonly snapshot?: string | undefined;
  /** Snapshots that are made go when the session is closed. */
  readonly deleteSnapshot?: boolean | undefined;
  readonly route: 'auto' | 'live' | 'snapshot';
  /** Unix ms. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** Both ends belong to it, Unix ms. */
export interface Window {
  readonly start: number;
  readonly end: number;
}
