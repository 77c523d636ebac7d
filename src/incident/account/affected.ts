import type { Share } from '../../compare/schema/share.ts';
import { fisherExactGreater } from '../../compare/stats/exact.ts';
import { quantile } from '../../support/numbers.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Affected, Investigation } from '../investigation.ts';
import { latenciesOf, Trouble } from '../trouble.ts';
import { userOperations } from '../user-operations.ts';

const MOST = 20;
const LUCK = 0.01;

/** What users felt: by operation, worst first, and over all. */
export interface Felt {
  readonly affected: readonly Affected[];
  readonly impact: Investigation['impact'];
}

/** Of the operations that users call: calls that failed or were slow, and their P95, before and after. */
export function whatUsersFelt(
  given: IncidentCase,
  trouble: { readonly good: Uint8Array; readonly bad: Uint8Array },
): Felt {
  const { names, good, bad } = given;
  const entry = userOperations(given);
  const before = tally(good, trouble.good, names.operations.length);
  const after = tally(bad, trouble.bad, names.operations.length);
  const latencies = {
    before: latenciesOf(good, names.operations.length),
    after: latenciesOf(bad, names.operations.length),
  };
  const affected: Affected[] = [];
  for (const [index, { operation }] of names.operations.entries()) {
    if (entry[index] !== 1 || after.troubled[index] === 0) continue;
    const calls = after.calls[index] as number;
    const troubled = after.troubled[index] as number;
    // As many as before is no news, nor are a few by chance.
    if (troubled / calls <= 2 * shareOf(before, index) || isLuck(before, after, index)) continue;
    affected.push({
      operation,
      calls,
      troubled,
      failed: after.failed[index] as number,
      p95: { before: p95(latencies.before[index]), after: p95(latencies.after[index]) },
    });
  }
  affected.sort((a, b) => b.troubled - a.troubled || (a.operation < b.operation ? -1 : 1));
  return {
    affected: affected.slice(0, MOST),
    impact: { before: shareOverall(before, entry), after: shareOverall(after, entry) },
  };
}

interface Tally {
  readonly calls: Int32Array;
  readonly failed: Int32Array;
  readonly troubled: Int32Array;
}

function tally(traffic: IncidentCase['bad'], trouble: Uint8Array, operations: number): Tally {
  const calls = new Int32Array(operations);
  const failed = new Int32Array(operations);
  const troubled = new Int32Array(operations);
  const count = (into: Int32Array, index: number) => {
    into[index] = (into[index] as number) + 1;
  };
  for (let row = 0; row < traffic.size; row++) {
    const index = traffic.operation[row] as number;
    count(calls, index);
    if (trouble[row] === Trouble.none) continue;
    count(troubled, index);
    if (trouble[row] === Trouble.failed) count(failed, index);
  }
  return { calls, failed, troubled };
}

/** Whether so many more may be chance; of what wasn't called before nothing is known. */
function isLuck(before: Tally, after: Tally, index: number): boolean {
  if (before.calls[index] === 0) return false;
  const [now, then] = [after, before].map(({ calls, troubled }) => ({
    some: troubled[index] as number,
    all: calls[index] as number,
  })) as [Share, Share];
  return fisherExactGreater(now, then) > LUCK;
}

function shareOf({ calls, troubled }: Tally, index: number): number {
  const all = calls[index] as number;
  return all === 0 ? 0 : (troubled[index] as number) / all;
}

function shareOverall({ calls, troubled }: Tally, entry: Uint8Array): number {
  let all = 0;
  let some = 0;
  for (let index = 0; index < entry.length; index++) {
    if (entry[index] !== 1) continue;
    all += calls[index] as number;
    some += troubled[index] as number;
  }
  return all === 0 ? 0 : some / all;
}

function p95(latencies: Float64Array | undefined): number | null {
  if (!latencies || latencies.length === 0) return null;
  return quantile(latencies, 0.95);
}
