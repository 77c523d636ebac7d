import { childRate } from '../calls/child-view.ts';
import { SURE_ENOUGH, unsureLinks } from '../calls/count-doubts.ts';
import { allOutcomes, type CallsPair, type CallsPairing } from '../calls/pair.ts';
import { type Doubt, doubted } from '../doubt.ts';
import type { Namer } from '../draw-names.ts';
import type { Evidence, Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { differenceInterval, type Rate, rateShift } from '../stats/call-rate.ts';
import { rounded } from '../words.ts';
import { isTransaction } from '../work-kinds.ts';
import { lostGuard } from './weaker-statement.ts';

/** Protocols whose calls are statements to a store: their text is how, their number is how much. */
const STORES = new Set(['postgresql', 'postgres', 'mysql', 'mongodb', 'redis']);
const STATEMENT_RULES = new Set(['call.extra', 'call.missing']);
/** A change of the calls per handled call smaller than both is not worth a finding. */
const RATIO_FLOOR = 1.2;
const CALLS_FLOOR = 0.5;
/** So many standard errors must lie between the two rates. */
const STANDARD_ERRORS = 4;

interface StoreUse {
  readonly store: string;
  /** Calls of the store, all statements together. */
  readonly base: Rate;
  readonly cand: Rate;
  /** How they are linked, where that is not sure. */
  readonly doubt: Doubt | undefined;
  /** Statements by plain form: whether they write, or begin or end a transaction. */
  readonly statements: ReadonlyMap<string, boolean>;
}

/**
 * Statements that came and went at one store, told as what they are: another number of calls to the
 * store a handled call (1 → 3), or one reading put in the place of another, which is a warning, unless
 * it is the same without what guarded it.
 */
export function tellStoreCalls(
  findings: readonly Finding[],
  { pairs, name }: Pick<CallsPairing, 'pairs' | 'name'>,
): Finding[] {
  const byOperation = new Map(pairs.map((pair) => [pair.operation, pair]));
  const told: Finding[] = [];
  for (const [operation, group] of Map.groupBy(findings, (finding) => finding.operation)) {
    const pair = byOperation.get(operation);
    const isStatement = group.some(({ rule }) => STATEMENT_RULES.has(rule));
    const uses = pair && isStatement ? storeUses(pair, name) : [];
    told.push(...uses.reduce(tellOneStore(operation), group));
  }
  return told;
}

const tellOneStore =
  (operation: string) =>
  (all: readonly Finding[], use: StoreUse): Finding[] => {
    const findings = tellWeakerWrites(all, use);
    const statements = findings.filter(
      ({ rule, path, severity }) =>
        severity !== 'info' && STATEMENT_RULES.has(rule) && use.statements.has(path ?? ''),
    );
    const gone = statements.filter(({ rule }) => rule === 'call.missing');
    const known = use.base.calls > 0;
    if (!known || statements.length === gone.length) return [...findings];
    if (!isOtherRate(use)) {
      if (gone.length === 0 || statements.some(({ path }) => isMutation(use, path))) {
        return [...findings];
      }
      const guarded = statements.flatMap((finding) => weaker(finding, gone));
      return findings.map((finding) => {
        if (!statements.includes(finding)) return finding;
        return tellWeaker(finding, guarded) ?? { ...finding, severity: 'warning' };
      });
    }
    const count = countFinding(operation, use, statements);
    return [
      count,
      ...findings.map(
        (finding): Finding =>
          statements.includes(finding) ? { ...finding, causedBy: findingId(count) } : finding,
      ),
    ];
  };

interface Weaker {
  readonly was: Finding;
  readonly is: Finding;
  readonly lost: string;
}

/** A write that is another one without what guarded it, of which the other's absence follows. */
function tellWeakerWrites(findings: readonly Finding[], { statements }: StoreUse): Finding[] {
  const of = (rule: string) =>
    findings.filter(
      (f) => f.rule === rule && f.severity !== 'info' && statements.has(f.path ?? ''),
    );
  const guarded = of('call.mutation-added').flatMap((is) => weaker(is, of('call.missing')));
  return findings.map((finding) => tellWeaker(finding, guarded) ?? finding);
}

function tellWeaker(finding: Finding, guarded: readonly Weaker[]): Finding | undefined {
  const told = guarded.find(({ was, is }) => finding === was || finding === is);
  if (!told) return undefined;
  if (finding === told.was) return { ...finding, causedBy: findingId(told.is) };
  return { ...finding, summary: `${finding.summary} It is another one without '${told.lost}'.` };
}

/** Which statement that is gone the new one is, less what guarded it. */
function weaker(is: Finding, gone: readonly Finding[]): Weaker[] {
  if (is.rule === 'call.missing') return [];
  return gone.flatMap((was) => {
    const lost = lostGuard(was.path ?? '', is.path ?? '');
    return lost === undefined ? [] : [{ was, is, lost }];
  });
}

function isMutation(use: StoreUse, path: string | undefined): boolean {
  return use.statements.get(path ?? '') ?? true;
}

function storeUses(pair: CallsPair, name: Namer): StoreUse[] {
  const { base, cand } = allOutcomes(pair, name);
  if (base.handled === 0 || cand.handled === 0) return [];
  const statements = [...base.children.values(), ...cand.children.values()].filter(({ family }) =>
    STORES.has(family.protocol),
  );
  if (statements.length === 0) return [];
  const whole = allOutcomes(pair, (family, segments) =>
    STORES.has(family.protocol) ? family.workload : name(family, segments),
  );
  return [...Map.groupBy(statements, ({ family }) => family.workload)].map(([store, views]) => {
    const [before, after] = [whole.base.children.get(store), whole.cand.children.get(store)];
    return {
      store,
      base: childRate(before, base.handled),
      cand: childRate(after, cand.handled),
      doubt: unsureLinks({ base: before, cand: after }, SURE_ENOUGH),
      statements: new Map(
        views.map(({ name, family }) => [name, family.mutation || isTransaction(family.method)]),
      ),
    };
  });
}

function isOtherRate({ base, cand }: StoreUse): boolean {
  const ratio = Math.max(cand.mean / base.mean, base.mean / cand.mean);
  const change = Math.abs(cand.mean - base.mean);
  const shift = Math.abs(rateShift(base, cand));
  return ratio >= RATIO_FLOOR && change >= CALLS_FLOOR && shift >= STANDARD_ERRORS;
}

function countFinding(operation: string, use: StoreUse, statements: readonly Finding[]): Finding {
  const { store, base, cand, doubt } = use;
  const evidence: Evidence[] = statements.flatMap((finding) => finding.evidence).slice(0, 6);
  const { low, high, level } = differenceInterval(base, cand);
  const wayTo = statements[0]?.chain?.slice(0, -1) ?? [operation];
  const finding = {
    rule: 'call.count-changed',
    category: 'behaviour',
    severity: 'breaking',
    operation,
    path: store,
    summary: `Calls ${store} ${rounded(cand.mean, 3)} times a handled call instead of ${rounded(base.mean, 3)}, with other statements.`,
    baseline: rounded(base.mean, 3),
    candidate: rounded(cand.mean, 3),
    effect: rounded(cand.mean - base.mean, 3),
    interval: { low: low && rounded(low, 3), high: high && rounded(high, 3), level },
    samples: { baseline: base.handled, candidate: cand.handled },
    chain: [...wayTo, store],
  } as const;
  return { ...doubted(finding, doubt), evidence };
}
