import { backgroundOf } from '../../../src/compare/calls/background.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import type { Verdict } from '../../../src/verdict/judgement.ts';
import { CHANGES, type Change } from './changes.ts';
import { judgePair, measured, profiled, type Side } from './pair.ts';
import { simulate } from './simulate.ts';
import { drawTarget, type Target } from './target.ts';
import { YARDSTICK_NAMES, type YardstickName } from './yardsticks.ts';

export interface RecallTask {
  readonly part: 'recall';
  readonly seed: string;
  /** Calls of the target a side. */
  readonly calls: number;
  /** Names of the changes to make. */
  readonly changes: readonly string[];
}

/** What the gate said of one change. */
export interface RecallCell {
  readonly change: string;
  readonly verdict: Verdict;
  readonly hit: boolean;
  /** Rules of the other breaking findings: at the target, what calls it or what it calls; and elsewhere. */
  readonly near: readonly string[];
  readonly elsewhere: readonly string[];
  /** Yardsticks that name the changed operation, and those that name any. */
  readonly found: readonly YardstickName[];
  readonly failed: readonly YardstickName[];
  /** The closest that a miss came, in words. */
  readonly missed?: string;
}

export interface RecallResult {
  readonly calls: number;
  readonly cells: readonly RecallCell[];
}

/** One system with each change in turn, against one baseline (one more where the target fails before). */
export function runRecall({ seed, calls, changes }: RecallTask): RecallResult {
  const bases = new Map<number, { readonly target: Target; readonly base: Side }>();
  const cells = CHANGES.filter(({ name }) => changes.includes(name)).map((change) => {
    let known = bases.get(change.errorsBefore);
    if (!known) {
      const target = drawTarget(seed, calls, change.errorsBefore);
      known = { target, base: profiled(simulate(target.system, `${seed} before`)) };
      bases.set(change.errorsBefore, known);
    }
    return tryChange(change, known.target, known.base, `${seed} after ${change.name}`);
  });
  return { calls, cells };
}

function tryChange(change: Change, target: Target, base: Side, seed: string): RecallCell {
  const changed = change.apply(target);
  const cand = profiled(simulate(changed, seed));
  const { judgement } = judgePair(base.profile, cand.profile);
  const { findings, verdict } = judgement;
  const where =
    change.consumer === undefined
      ? (target.system.operations[target.roles.target]?.name ?? '')
      : backgroundOf(change.consumer);
  const right = findings.filter(
    (f) => f.operation === where && f.rule.startsWith(`${change.family}.`),
  );
  const breaking = findings.filter((f) => f.severity === 'breaking');
  const ids = new Set(breaking.filter((f) => f.operation === where).map(findingId));
  const hit = right.some((f) => f.severity === 'breaking' || ids.has(f.causedBy ?? ''));
  const others = breaking.filter((finding) => !right.includes(finding));
  const yardsticks = measured(changed, base.run, cand.run);
  const rules = (of: readonly Finding[]) => of.map(({ rule }) => rule);
  return {
    change: change.name,
    verdict,
    hit,
    near: rules(others.filter(({ operation }) => target.near.has(operation))),
    elsewhere: rules(others.filter(({ operation }) => !target.near.has(operation))),
    found: YARDSTICK_NAMES.filter((name) => yardsticks[name].includes(where)),
    failed: YARDSTICK_NAMES.filter((name) => yardsticks[name].length > 0),
    ...(!hit && { missed: closest(right, where) }),
  };
}

function closest(findings: readonly Finding[], where: string): string {
  const [first] = findings;
  if (!first) return `${where}: nothing`;
  const caused = first.causedBy === undefined ? '' : `, because of ${first.causedBy}`;
  const weight = first.undecided === undefined ? first.severity : 'undecided';
  return `${where}: ${weight} ${first.rule}: ${first.summary}${caused}`;
}
