import { NO_RESPONSE } from '../profile/operation-stats.ts';
import {
  type CompareOptions,
  FALSE_DISCOVERY_RATE,
  type FamilyResult,
  INTERVAL_LEVEL,
} from './family-result.ts';
import type { Evidence, Finding, Severity } from './finding.ts';
import type { OperationPair } from './pairs.ts';
import type { RuleId } from './rules.ts';
import { fisherExactGreater, newcombeInterval } from './stats/exact.ts';
import { benjaminiHochberg } from './stats/multiple.ts';
import { statusKind } from './status-kind.ts';
import { count, percent } from './words.ts';

/** A status never seen before is a finding from so many calls on, whatever a test of significance says. */
const NEW_STATUS_CALLS = 5;
/** …and from this share of the candidate's calls on. */
const NEW_STATUS_SHARE = 0.01;
/**
 * A client error says what clients asked: its share moves with the data of a run more than chance
 * allows, so only this share of the calls makes a new one break.
 */
const NEW_CLIENT_ERROR_SHARE = 0.1;
/** A rise smaller than this is not worth a finding: share of calls, and ratio of shares. */
const SHARE_FLOOR = 0.01;
const RATIO_FLOOR = 1.5;

interface ErrorTest {
  readonly pair: OperationPair;
  readonly status: string;
  readonly kind: 'client' | 'server';
  readonly base: number;
  readonly cand: number;
  readonly pValue: number;
}

/**
 * New error statuses, and error statuses that became more frequent, per operation. Fisher's exact
 * test on calls with and without the status, corrected over all statuses of all operations.
 */
export function compareErrors(
  pairs: readonly OperationPair[],
  { minSamples }: CompareOptions,
): FamilyResult {
  const judged = pairs.filter((p) => p.base.count >= minSamples && p.cand.count >= minSamples);
  const tests = judged.flatMap(testsOf);
  const adjusted = benjaminiHochberg(tests.map((test) => test.pValue));
  const findings = tests.flatMap((test, i) => {
    const finding = judge(test, (adjusted[i] as number) <= FALSE_DISCOVERY_RATE);
    return finding ? [finding] : [];
  });
  return { findings, notChecked: [] };
}

function testsOf(pair: OperationPair): ErrorTest[] {
  const base = new Map(pair.base.statuses.map(([status, s]) => [status, s.count]));
  return pair.cand.statuses.flatMap(([status, { count: cand }]) => {
    const kind = status === NO_RESPONSE ? 'server' : statusKind(pair.family.protocol, status);
    if (kind !== 'client' && kind !== 'server') return [];
    const before = base.get(status) ?? 0;
    const pValue = fisherExactGreater(cand, pair.cand.count, before, pair.base.count);
    return [{ pair, status, kind, base: before, cand, pValue }];
  });
}

function judge(test: ErrorTest, significant: boolean): Finding | undefined {
  const { pair, base, cand, status } = test;
  const before = base / pair.base.count;
  const after = cand / pair.cand.count;
  if (base === 0) {
    if (status === NO_RESPONSE && !significant) return undefined;
    return report(
      test,
      'error.new-status',
      isMany(test, after, significant) ? 'breaking' : 'warning',
    );
  }
  if (!significant || after - before < SHARE_FLOOR || after < before * RATIO_FLOOR)
    return undefined;
  return report(test, 'error.rate-increased', test.kind === 'server' ? 'breaking' : 'warning');
}

/** Whether a status never seen before is frequent enough to break. */
function isMany({ kind, status, cand }: ErrorTest, share: number, significant: boolean): boolean {
  if (kind === 'client') return significant && share >= NEW_CLIENT_ERROR_SHARE;
  if (significant) return true;
  return status !== NO_RESPONSE && cand >= NEW_STATUS_CALLS && share >= NEW_STATUS_SHARE;
}

function report(test: ErrorTest, rule: RuleId, severity: Severity): Finding {
  const { pair, base, cand, status, kind } = test;
  const named = status === NO_RESPONSE ? 'No response' : `Status ${status}`;
  const evidence: Evidence[] = (
    pair.cand.statuses.find(([name]) => name === status)?.[1].examples.ids ?? []
  ).map((callId) => ({ callId, side: 'candidate', note: named.toLowerCase() }));
  const [low, high] = newcombeInterval(
    cand,
    pair.cand.count,
    base,
    pair.base.count,
    INTERVAL_LEVEL,
  );
  return {
    rule,
    category: 'new-error',
    severity,
    operation: pair.operation,
    path: `status ${status}`,
    summary:
      rule === 'error.new-status'
        ? `${named} (${kind} error) in ${count(cand, pair.cand.count)} calls; never in ${pair.base.count} calls before.`
        : `${named} (${kind} error) rose from ${percent(base / pair.base.count)} (${count(base, pair.base.count)}) to ${percent(cand / pair.cand.count)} (${count(cand, pair.cand.count)}).`,
    baseline: base,
    candidate: cand,
    effect: cand / pair.cand.count - base / pair.base.count,
    interval: { low, high, level: INTERVAL_LEVEL },
    samples: { baseline: pair.base.count, candidate: pair.cand.count },
    evidence,
  };
}
