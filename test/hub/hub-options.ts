/** How the stand-in behaves. Every share is 0…1 of the calls or of the requests. */
export interface HubOptions {
  /** Bytes of a body that lists show. */
  preview: number;
  /** What `total` counts. */
  total: 'matching' | 'returned';
  /** Accepted token; without one the Hub is open. */
  token: string | undefined;
  /** How a missing or expired token is answered. */
  unauthorised: 401 | 302;
  dissection: boolean;
  /** Largest page served, whatever was asked for. */
  pageLimit: number;
  /** Whether `end` belongs to the window. */
  endInclusive: boolean;
  /** Share of the calls that a second node saw too. */
  duplicates: number;
  /** Share of the calls that show up `lateBy` ms after the first question. */
  late: number;
  lateBy: number;
  /** Boundaries other than those of the recording, Unix ms. */
  boundaries: Range | undefined;
  l7Boundaries: Range | undefined;
  /** Polls until a snapshot or a dissection is done; `fail` never is. */
  jobPolls: number;
  jobFails: 'snapshot' | 'dissection' | undefined;
  /** L4 flows beside those that the calls imply. */
  flows: readonly unknown[];
  /** Whether tools name files by the path alone, not in an object. */
  bareFilePaths: boolean;
  /** Tools that this version doesn't have. */
  without: readonly string[];
  /** Arguments that this version's tools call otherwise, and refuse by their usual names. */
  renamed: Readonly<Record<string, string>>;
  /** The name under which this version has the detail tool. */
  detailTool: string;
  faults: Faults;
  capture: CaptureFaults;
  /** Whether it answers now; `garbage` is a page of something else's. */
  state: () => HubState;
}

export type HubState = 'up' | 'dropping' | 'garbage' | 'expired';

/** What the cluster failed to capture, as against what the Hub fails to answer. Times are Unix ms. */
export interface CaptureFaults {
  /** Workers that delivered nothing for a time; without a node: all of them. */
  down: readonly { readonly node?: string; readonly from: number; readonly to: number }[];
  /** How far each node's clock is ahead, ms. */
  clocks: Readonly<Record<string, number>>;
  /** Share of the calls whose bodies were redacted. */
  redacted: number;
  /** Services whose traffic nobody can read: flows without calls. */
  encrypted: readonly string[];
  /** Times during which live dissection was off: the raw capture has the calls. */
  undissected: readonly Range[];
  /** Every page about this time fails. */
  brokenPages: Range | undefined;
  /** Share of the calls that are counted and never listed. */
  unlisted: number;
}

export const noCaptureFaults: CaptureFaults = {
  down: [],
  clocks: {},
  redacted: 0,
  encrypted: [],
  undissected: [],
  brokenPages: undefined,
  unlisted: 0,
};

export interface Range {
  readonly oldest_ts: number;
  readonly newest_ts: number;
}

/** Shares of the tool calls that go wrong, drawn from `seed`. */
export interface Faults {
  seed: number;
  /** 503 answers. */
  unavailable: number;
  /** Connections dropped without an answer. */
  dropped: number;
  /** Answers that are no JSON. */
  garbage: number;
  /** Slow answers, and by how many ms. */
  slow: number;
  slowBy: number;
  /** The page before, once more. */
  repeated: number;
  /** `total` and `truncated` that don't fit the page. */
  lying: number;
}

export const noFaults: Faults = {
  seed: 1,
  unavailable: 0,
  dropped: 0,
  garbage: 0,
  slow: 0,
  slowBy: 200,
  repeated: 0,
  lying: 0,
};

export const defaults: HubOptions = {
  preview: 2048,
  total: 'matching',
  token: undefined,
  unauthorised: 401,
  dissection: true,
  pageLimit: 1000,
  endInclusive: true,
  duplicates: 0,
  late: 0,
  lateBy: 1000,
  boundaries: undefined,
  l7Boundaries: undefined,
  jobPolls: 2,
  jobFails: undefined,
  flows: [],
  bareFilePaths: false,
  without: [],
  renamed: {},
  detailTool: 'get_api_call',
  faults: noFaults,
  capture: noCaptureFaults,
  state: () => 'up',
};
