import type { EvidenceCall } from '../calls/evidence.ts';
import type { PrintedFinding } from '../compare/printed-finding.ts';
import type { Measure } from './change.ts';
import type { Shape } from './failure.ts';
import type { OutsideEvent } from './incident-case.ts';
import type { CauseKind } from './suspect.ts';

/** Unix ms and the 95 % interval that holds it. */
export interface Onset {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** When all was as before again; absent while it lasts. */
  readonly until?: number;
}

export interface RootCause {
  readonly workload: string;
  readonly operation?: string;
  readonly kind: CauseKind;
  readonly shape?: Shape;
  /** 0…1 */
  readonly score: number;
  /** Share (0…1) of the symptom that it explains. */
  readonly explains: number;
  readonly since?: Onset;
  readonly reasons: readonly string[];
  readonly evidence: readonly EvidenceCall[];
}

/** One edge by which it spread, from the origin towards users; each is backed by calls. */
export interface CascadeStep {
  readonly from: { readonly workload: string; readonly operation?: string };
  /** Who called it, and suffered. */
  readonly to: { readonly workload: string; readonly operation?: string };
  readonly effect: 'errors' | 'latency' | 'both';
  readonly since?: Onset;
  /** Troubled calls of `to` that a troubled call of `from` was part of, of its troubled calls that could be followed. */
  readonly calls: number;
  readonly of: number;
  /** Pairs: the call of `from`, and the call of `to` that made it. */
  readonly evidence: readonly EvidenceCall[];
}

export interface TimelineEntry {
  /** Unix ms */
  readonly at: number;
  readonly from?: number;
  readonly to?: number;
  readonly workload?: string;
  readonly operation?: string;
  readonly kind: Measure | OutsideEvent['kind'] | 'window' | 'recovered';
  readonly summary: string;
  readonly evidence: readonly EvidenceCall[];
}

/** An operation that users call, and what of it they felt. */
export interface Affected {
  readonly operation: string;
  /** Calls in the incident, and those of them that failed or were slower than 99 % of known-good ones. */
  readonly calls: number;
  readonly troubled: number;
  readonly failed: number;
  readonly p95: { readonly before: number | null; readonly after: number | null };
}

/** Contributing: not the origin, but it matters. */
export interface Factor {
  readonly kind:
    | 'load'
    | 'deployment'
    | 'configuration'
    | 'kubernetes'
    | 'payload'
    | 'retries'
    | 'connections'
    | 'network';
  readonly at?: number;
  readonly workload?: string;
  readonly summary: string;
  readonly url?: string;
}

/** Calls and errors of a workload over time, for the lanes of the timeline. */
export interface Lane {
  readonly workload: string;
  /** Unix ms of the first cell, and the length of each. */
  readonly start: number;
  readonly step: number;
  readonly calls: readonly number[];
  readonly failed: readonly number[];
  /** P95, ms, of what it serves; null where there were too few calls. */
  readonly p95: readonly (number | null)[];
}

/**
 * What an investigation found. Public: `investigate --json` prints it as it is. All names may come from
 * traffic: escape them where they are shown.
 */
export interface Investigation {
  readonly schemaVersion: 1;
  readonly symptom: {
    readonly text?: string;
    readonly workloads: readonly string[];
    readonly operations: readonly string[];
    readonly understood: readonly string[];
  };
  readonly window: {
    readonly start: number;
    readonly end: number;
    readonly calls: number;
    readonly linked: number;
  };
  readonly knownGood: {
    readonly start: number;
    readonly end: number;
    readonly calls: number;
    readonly linked: number;
    /** How it was come by: given, cut from the capture before the onset, or found. */
    readonly origin: 'given' | 'before-onset' | 'found';
    /** What speaks against it being good: 'already shows …'. */
    readonly doubts: readonly string[];
  };
  /** When it began, Unix ms. */
  readonly onset: number | null;
  /** The same with its interval, and how long it lasted. */
  readonly began: Onset | null;
  /** Best first. Where it abstains: candidates, none sure enough to be named; empty where nothing speaks for any. */
  readonly rootCauses: readonly RootCause[];
  readonly cascade: readonly CascadeStep[];
  readonly timeline: readonly TimelineEntry[];
  readonly affected: readonly Affected[];
  /** Share (0…1) of users' requests that failed or were slower than 99 % of known-good ones, before and after. */
  readonly impact: { readonly before: number; readonly after: number };
  readonly factors: readonly Factor[];
  readonly ruledOut: readonly { readonly workload: string; readonly why: string }[];
  /** Differences of the gate's checks that concern what is named above, worst first, at most twenty. */
  readonly findings: readonly PrintedFinding[];
  /** One sentence. */
  readonly hypothesis: string;
  /** 0…1 */
  readonly confidence: number;
  readonly abstained: boolean;
  /** Why, where it abstains. */
  readonly reasons: readonly string[];
  /** Where the network is at fault and no workload: the two nodes between which calls take longer, or the one from and to which they do. */
  readonly network?: { readonly nodes: readonly string[]; readonly ms: number };
  readonly nextChecks: readonly string[];
  readonly lanes: readonly Lane[];
  readonly problems: readonly {
    readonly side: 'incident' | 'known-good';
    readonly code: string;
    readonly message: string;
  }[];
  /** The L4 flows that were looked at: when (Unix ms), of how many pairs of workloads, how much. */
  readonly flows?: {
    readonly at: number;
    readonly pairs: number;
    readonly totalBytes: number;
    /** Whether there were more than the Hub lists. */
    readonly truncated: boolean;
  };
  /** The snapshot that holds the packets, where one is known. */
  readonly snapshot?: string;
}
