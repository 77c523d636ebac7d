import { pairOperations } from '../compare/pairs.ts';
import { copyOf } from '../profile/copy.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { OperationStats } from '../profile/operation-stats.ts';
import { Profile } from '../profile/profile.ts';
import { Sketch } from '../profile/sketch.ts';
import type { Provenance } from '../store/provenance.ts';

/** P50, P95 and P99 within 1 %; null where nothing was measured. */
export type Quantiles = Readonly<Record<'p50' | 'p95' | 'p99', number>> | null;

export interface OperationSummary {
  /** Plain form: `orders GET /api/orders/{id}`. */
  readonly operation: string;
  readonly calls: number;
  /** ms. */
  readonly latency: Quantiles;
  /** In code-unit order. */
  readonly statuses: readonly { readonly status: string; readonly calls: number }[];
  /** In code-unit order. */
  readonly callers: readonly { readonly caller: string; readonly calls: number }[];
  /** Bytes on the wire, where told. */
  readonly requestBytes: Quantiles;
  readonly responseBytes: Quantiles;
}

/** What a profile holds, as data. Public: `show --json` prints it. */
export interface ProfileSummary {
  readonly schemaVersion: 1;
  readonly place: string;
  readonly provenance?: Provenance;
  readonly calls: number;
  /** In order of time; Unix ms. */
  readonly windows: readonly {
    readonly start: number | null;
    readonly end: number | null;
    readonly calls: number;
    readonly problems: readonly { readonly code: string; readonly message: string }[];
  }[];
  /** Sorted by name, in code-unit order. */
  readonly operations: readonly OperationSummary[];
}

/** Sums up the windows of a profile; they are left as they are. */
export function summariseProfile(
  place: string,
  windows: readonly Profile[],
  provenance?: Provenance,
): ProfileSummary {
  const { pairs } = pairOperations(mergeAll(windows.map(copyOf)), new Profile());
  return {
    schemaVersion: 1,
    place,
    ...(provenance && { provenance }),
    calls: windows.reduce((sum, { capture }) => sum + capture.calls, 0),
    windows: windows.map(({ capture: { start, end, calls, problems } }) => ({
      start,
      end,
      calls,
      problems,
    })),
    operations: pairs.map(({ operation, base }) => summariseOperation(operation, base)),
  };
}

function summariseOperation(operation: string, stats: OperationStats): OperationSummary {
  const responses = new Sketch();
  for (const [, { response }] of stats.statuses) responses.merge(response.sizes);
  return {
    operation,
    calls: stats.count,
    latency: quantiles(stats.latency.total()),
    statuses: stats.statuses.map(([status, { count }]) => ({ status, calls: count })),
    callers: stats.callers.entries().map(([caller, calls]) => ({ caller, calls })),
    requestBytes: quantiles(stats.request.sizes),
    responseBytes: quantiles(responses),
  };
}

function quantiles(sketch: Sketch): Quantiles {
  if (sketch.count === 0) return null;
  const at = (q: number) => Number(sketch.quantile(q).toPrecision(4));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
