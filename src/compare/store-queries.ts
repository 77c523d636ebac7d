import type { ChildView, Namer } from './calls/child-view.ts';
import { allOutcomes, type CallsPair } from './calls/pair.ts';
import { INTERVAL_LEVEL } from './family-result.ts';
import type { Evidence, Finding } from './finding.ts';
import { findingId } from './finding-id.ts';
import { normalQuantile } from './stats/normal.ts';

/** Protocols whose calls are statements to a store: their text is how, their number is how much. */
const STORES = new Set(['postgresql', 'postgres', 'mysql', 'mongodb', 'redis']);
const STATEMENT_RULES = new Set(['call.extra', 'call.missing']);
/** A change of the calls per handled call smaller than both is not worth a finding. */
const RATIO_FLOOR = 1.2;
const CALLS_FLOOR = 0.5;
/** So many standard errors must lie between the two rates (as if Poisson, which overstates them). */
const STANDARD_ERRORS = 4;

interface StoreUse {
  readonly store: string;
  readonly base: number;
  readonly cand: number;
  readonly handled: { readonly base: number; readonly cand: number };
  readonly statements: ReadonlyMap<string, ChildView>;
}

/**
 * Statements that came and went at one store, told as what they are: another number of calls to the
 * store a handled call (1 → 3), or one reading put in the place of another, which is a warning.
 */
export function foldQueries(
  findings: readonly Finding[],
  pairs: readonly CallsPair[],
  name: Namer,
): Finding[] {
  const byOperation = new Map(pairs.map((pair) => [pair.operation, pair]));
  const folded: Finding[] = [];
  for (const [operation, group] of Map.groupBy(findings, (finding) => finding.operation)) {
    const pair = byOperation.get(operation);
    const isStatement = group.some(({ rule }) => STATEMENT_RULES.has(rule));
    const uses = pair && isStatement ? storeUses(pair, name) : [];
    folded.push(...uses.reduce(foldOneStore(operation), group));
  }
  return folded;
}

const foldOneStore =
  (operation: string) =>
  (findings: readonly Finding[], use: StoreUse): Finding[] => {
    const statements = findings.filter(
      ({ rule, path }) => STATEMENT_RULES.has(rule) && use.statements.has(path ?? ''),
    );
    const gone = statements.filter(({ rule }) => rule === 'call.missing');
    const known = use.base > 0;
    if (!known || statements.length === gone.length) return [...findings];
    if (!isOtherRate(use)) {
      if (gone.length === 0 || statements.some(({ path }) => isMutation(use, path))) {
        return [...findings];
      }
      return findings.map((finding) =>
        statements.includes(finding) ? { ...finding, severity: 'warning' } : finding,
      );
    }
    const count = countFinding(operation, use, statements);
    return [
      count,
      ...findings.map(
        (finding): Finding =>
          statements.includes(finding)
            ? { ...finding, severity: 'info', causedBy: findingId(count) }
            : finding,
      ),
    ];
  };

function isMutation(use: StoreUse, path: string | undefined): boolean {
  return use.statements.get(path ?? '')?.family.mutation ?? true;
}

function storeUses(pair: CallsPair, name: Namer): StoreUse[] {
  const { base, cand } = allOutcomes(pair, name);
  if (base.handled === 0 || cand.handled === 0) return [];
  const views = [...base.children.values(), ...cand.children.values()].filter(({ family }) =>
    STORES.has(family.protocol),
  );
  return [...Map.groupBy(views, ({ family }) => family.workload)].map(([store, statements]) => {
    const calls = (children: ReadonlyMap<string, ChildView>) =>
      [...children.values()]
        .filter(({ family }) => family.workload === store)
        .reduce((sum, { stats }) => sum + stats.calls, 0);
    return {
      store,
      base: calls(base.children),
      cand: calls(cand.children),
      handled: { base: base.handled, cand: cand.handled },
      statements: new Map(statements.map((view) => [view.name, view])),
    };
  });
}

function rates({ base, cand, handled }: StoreUse): {
  before: number;
  after: number;
  error: number;
} {
  return {
    before: base / handled.base,
    after: cand / handled.cand,
    error: Math.sqrt(base / handled.base ** 2 + cand / handled.cand ** 2),
  };
}

function isOtherRate(use: StoreUse): boolean {
  const { before, after, error } = rates(use);
  const ratio = Math.max(after / before, before / after);
  const change = Math.abs(after - before);
  return ratio >= RATIO_FLOOR && change >= CALLS_FLOOR && change >= STANDARD_ERRORS * error;
}

function countFinding(operation: string, use: StoreUse, statements: readonly Finding[]): Finding {
  const { before, after, error } = rates(use);
  const half = normalQuantile(0.5 + INTERVAL_LEVEL / 2) * error;
  const evidence: Evidence[] = statements.flatMap((finding) => finding.evidence).slice(0, 6);
  return {
    rule: 'call.count-changed',
    category: 'behaviour',
    severity: 'breaking',
    operation,
    path: use.store,
    summary: `Calls ${use.store} ${round(after)} times a handled call instead of ${round(before)}, with other statements.`,
    baseline: round(before),
    candidate: round(after),
    effect: round(after - before),
    interval: {
      low: round(after - before - half),
      high: round(after - before + half),
      level: INTERVAL_LEVEL,
    },
    samples: { baseline: use.handled.base, candidate: use.handled.cand },
    evidence,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
