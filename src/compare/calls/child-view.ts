import type { Family } from '../../calls/target.ts';
import { readChildKey } from '../../profile/fanout-child.ts';
import type { ChildStats } from '../../profile/fanout-child-stats.ts';
import { childStats } from '../../profile/fanout-child-stats.ts';
import { readMultiset } from '../../profile/fanout-multiset.ts';
import type { OutcomeFanout } from '../../profile/fanout-outcome.ts';
import { Subjects } from '../../profile/schema/subjects.ts';
import type { Namer } from '../draw-names.ts';
import { type Rate, rateOf } from '../stats/call-rate.ts';
import { wholeOf } from '../whole.ts';

/** What one side's handled calls of an operation did to one callee. */
export interface ChildView {
  readonly name: string;
  readonly family: Family;
  readonly stats: ChildStats;
  /** Handled calls by how many such calls they made (1, 2, …). */
  readonly counts: ReadonlyMap<number, number>;
  /** Handled calls that made at least one. */
  readonly present: number;
  /** What those were about, and those that made none; undefined where that isn't known. */
  readonly about?: { readonly making: Subjects; readonly not: Subjects };
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
  const made = madeTogether(outcome, name);
  const exact = countsFrom(made);
  const subjects = outcome.multisets.about();
  const views = new Map<string, ChildView>();
  for (const [plain, { family, parts }] of found) {
    const stats = wholeOf(parts, childStats.create);
    const counts =
      exact.get(plain) ?? new Map(stats.counts.map(([k, { handled }]) => [k, handled]));
    let present = 0;
    for (const handled of counts.values()) present += handled;
    present = Math.min(present, outcome.handled);
    const about = made && subjects && aboutIn(plain, made, subjects);
    views.set(plain, { name: plain, family, stats, counts, present, ...(about && { about }) });
  }
  return views;
}

/** Handled calls that made just these calls, so many to each callee. */
interface Made {
  readonly multiset: string;
  readonly handled: number;
  readonly calls: ReadonlyMap<string, number>;
}

/** The multisets of targets, a template a callee; undefined where those were too many to keep. */
function madeTogether({ multisets }: OutcomeFanout, name: Namer): Made[] | undefined {
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
  const made: Made[] = [];
  for (const [multiset, handled] of multisets.entries()) {
    const members = readMultiset(multiset);
    if (!members) return undefined;
    const calls = new Map<string, number>();
    for (const [key, n] of members) calls.set(nameOf(key), (calls.get(nameOf(key)) ?? 0) + n);
    made.push({ multiset, handled, calls });
  }
  return made;
}

/** Exact counts of each callee. */
function countsFrom(made: readonly Made[] | undefined) {
  const result = new Map<string, Map<number, number>>();
  for (const { handled, calls } of made ?? []) {
    for (const [plain, n] of calls) {
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

function aboutIn(
  callee: string,
  made: readonly Made[],
  subjects: ReadonlyMap<string, Subjects>,
): NonNullable<ChildView['about']> {
  const [making, not] = [new Subjects(), new Subjects()];
  for (const { multiset, calls } of made) {
    const some = subjects.get(multiset);
    if (some) (calls.has(callee) ? making : not).merge(some);
  }
  return { making, not };
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

/** Calls to one callee a handled call; none of them where there is no view. */
export function childRate(view: ChildView | undefined, handled: number): Rate {
  return rateOf(view?.stats.calls ?? 0, view?.counts ?? new Map(), handled);
}
