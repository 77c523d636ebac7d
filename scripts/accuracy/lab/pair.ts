import type { Call } from '../../../src/calls/call.ts';
import { type Comparison, compareProfiles } from '../../../src/compare/compare.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import type { Judgement } from '../../../src/verdict/judgement.ts';
import { judge } from '../../../src/verdict/verdict.ts';
import type { Run } from './simulate.ts';
import type { System } from './system.ts';
import { type Both, flagged, type YardstickName } from './yardsticks.ts';

const MIN_SAMPLES = 20;

/** One side of a pair: the calls, for the yardsticks, and what the product makes of them. */
export interface Side {
  readonly run: Run;
  readonly profile: Profile;
}

export function profiled(run: Run): Side {
  const profiler = new Profiler();
  for (const call of run.calls) profiler.push({ kind: 'call', call });
  return { run, profile: profiler.finish() };
}

/** The gate's answer on a pair, as `compare` gives it by default. */
export function judgePair(
  base: Profile,
  cand: Profile,
): { readonly judgement: Judgement; readonly comparison: Comparison } {
  const comparison = compareProfiles(base, cand, { minSamples: MIN_SAMPLES });
  return { judgement: judge(comparison, base.capture, cand.capture), comparison };
}

/** What the yardsticks say of a pair; the simulator tells them which call is of which operation. */
export function measured(
  { operations }: System,
  base: Run,
  cand: Run,
): Readonly<Record<YardstickName, readonly string[]>> {
  const both = new Map<string, Both>();
  const [before, after] = [byOperation(base), byOperation(cand)];
  for (const [index, { name }] of operations.entries()) {
    both.set(name, { base: before.get(index) ?? [], cand: after.get(index) ?? [] });
  }
  return flagged(both);
}

function byOperation({ calls, operations }: Run): ReadonlyMap<number, Call[]> {
  const found = new Map<number, Call[]>();
  for (const [i, call] of calls.entries()) {
    const index = operations[i] as number;
    const list = found.get(index);
    if (list) list.push(call);
    else found.set(index, [call]);
  }
  return found;
}
