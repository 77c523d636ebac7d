import type { AlertCategory, AlertRule } from '../alert-rule.ts';
import type { BookContext } from './book-context.ts';
import type { BookState } from './book-state.ts';
import { rootCauses, type Trouble, troubleKey, troubleOf } from './causes.ts';
import type { Deviation } from './deviation.ts';
import { isConfirmed, isOfRollout, isShare, type Seen } from './deviations.ts';
import { byRank, type Ranked } from './rank.ts';

interface TroubledWorkload {
  readonly trouble: Trouble;
  readonly workload: string;
  readonly categories: Set<AlertCategory>;
  best: Ranked;
}

/**
 * The cause of a trouble, by key, as it shows in a category; undefined where a trouble is its own. Where
 * several may be it, slowness comes from what is slow, and errors from what fails.
 */
export type CauseOf = (key: string, category: AlertCategory) => string | undefined;

/**
 * Looks among everything that deviates now, confirmed or not, and everything that fires or was just
 * resolved, for what comes from what.
 */
export function findCauses(
  state: BookState,
  rules: ReadonlyMap<string, AlertRule>,
  { callees }: BookContext,
): CauseOf {
  const troubled = new Map<string, TroubledWorkload>();
  const add = (rule: AlertRule | undefined, workload: string, ranked: Ranked) => {
    const trouble = rule && troubleOf(rule);
    if (!trouble) return;
    const key = troubleKey(trouble, workload);
    const known = troubled.get(key);
    const { category } = rule;
    if (!known)
      troubled.set(key, { trouble, workload, categories: new Set([category]), best: ranked });
    else {
      known.categories.add(category);
      if (byRank(ranked, known.best) < 0) known.best = ranked;
    }
  };
  for (const { key, rule, subject, severity, chance } of state.deviations.values()) {
    const known = rules.get(rule);
    if (known) add(known, subject.workload, { key, category: known.category, severity, chance });
  }
  for (const { lead, rule, category, severity, signal } of state.incidents.values()) {
    const ranked = { key: lead, category, severity, chance: signal.chance };
    add(rules.get(rule), signal.subject.workload, ranked);
  }
  const best = (key: string) => (troubled.get(key) as TroubledWorkload).best;
  const roots = rootCauses(troubled, callees, (a, b) => byRank(best(a), best(b)));
  return (key, category) => {
    const own = roots.get(key) ?? [];
    const alike = own.find((root) => troubled.get(root)?.categories.has(category));
    const root = isShare(category) && !own.includes(key) ? (alike ?? own[0]) : own[0];
    return root === key ? undefined : root;
  };
}

/** Whether a deviation may fire now: confirmed, in no alert yet, and not what a rollout is given time for. */
export function mayFire(deviation: Deviation, { rule }: Seen, context: BookContext): boolean {
  return (
    deviation.alert === undefined &&
    isConfirmed(deviation, rule) &&
    !isOfRollout(rule, deviation, context)
  );
}

/** The key of what a deviation takes part in, where it may have a cause elsewhere. */
export function ownTrouble({ rule, signal }: Seen): string | undefined {
  const trouble = rule.symptom ? troubleOf(rule) : undefined;
  return trouble && troubleKey(trouble, signal.subject.workload);
}
