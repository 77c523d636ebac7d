import type { Family } from '../../calls/target.ts';
import { readChildKey } from '../../profile/fanout-child.ts';
import type { ChildStats } from '../../profile/fanout-child-stats.ts';
import { childStats } from '../../profile/fanout-child-stats.ts';
import { readMultiset } from '../../profile/fanout-multiset.ts';
import type { OutcomeFanout } from '../../profile/fanout-outcome.ts';
import { wholeOf } from '../whole.ts';

/** The plain form of a target, by the templates drawn from both sides. */
export type Namer = (family: Family, segments: readonly string[]) => string;

/** What one side's handled calls of an operation did to one callee. */
export interface ChildView {
  readonly name: string;
  readonly family: Family;
  readonly stats: ChildStats;
  /** Handled calls by how many such calls they made (1, 2, …). */
  readonly counts: ReadonlyMap<number, number>;
  /** Handled calls that made at least one. */
  readonly present: number;
}

/** The callees of one outcome, by plain form: one entry a template. */
export function childrenOf(outcome: OutcomeFanout, name: Namer): Map<string, ChildView> {
  const found = new Map<string, { family: Family; parts: ChildStats[] }>();
  for (const [family, segments, stats] of outcome.targets.entries()) {
    const plain = name(family, segments);
    const known = found.get(plain);
    if (known) known.parts.push(stats);
    else found.set(plain, { family, parts: [stats] });
  }
  const exact = countsFromMultisets(outcome, name);
  const views = new Map<string, ChildView>();
  for (const [plain, { family, parts }] of found) {
    const stats = wholeOf(parts, childStats.create);
    const counts =
      exact?.get(plain) ?? new Map(stats.counts.map(([k, { handled }]) => [k, handled]));
    let present = 0;
    for (const handled of counts.values()) present += handled;
    present = Math.min(present, outcome.handled);
    views.set(plain, { name: plain, family, stats, counts, present });
  }
  return views;
}

/** Exact counts a template from the multisets of targets; undefined where those were too many to keep. */
function countsFromMultisets(
  { multisets }: OutcomeFanout,
  name: Namer,
): Map<string, Map<number, number>> | undefined {
  if (multisets.capped) return undefined;
  const names = new Map<string, string>();
  const nameOf = (key: string) => {
    let plain = names.get(key);
    if (plain === undefined) {
      const { family, segments } = readChildKey(key);
      plain = name(family, segments);
      names.set(key, plain);
    }
    return plain;
  };
  const result = new Map<string, Map<number, number>>();
  for (const [text, handled] of multisets.entries()) {
    const members = readMultiset(text);
    if (!members) return undefined;
    const perName = new Map<string, number>();
    for (const [key, n] of members) perName.set(nameOf(key), (perName.get(nameOf(key)) ?? 0) + n);
    for (const [plain, n] of perName) {
      let counts = result.get(plain);
      if (!counts) {
        counts = new Map();
        result.set(plain, counts);
      }
      counts.set(n, (counts.get(n) ?? 0) + handled);
    }
  }
  return result;
}

/** The count at share `q` of the handled calls that made any such call; 0 when none did. */
export function countQuantile({ counts, present }: ChildView, q: number): number {
  let left = q * present;
  let last = 0;
  for (const [k, handled] of [...counts].sort((a, b) => a[0] - b[0])) {
    left -= handled;
    last = k;
    if (left <= 0) break;
  }
  return last;
}
