import { NO_RESPONSE } from '../../profile/operation-stats.ts';
import type { Evidence, Finding, Severity } from '../finding.ts';
import type { RuleId } from '../rules.ts';
import { shareShift } from '../share-shift.ts';
import { BURSTS } from '../stats/dispersion.ts';
import { count, percent } from '../words.ts';
import type { ErrorTest } from './error-test.ts';

/** The finding that an error status is new, or more frequent than before. */
export function errorFinding(test: ErrorTest, rule: RuleId, severity: Severity): Finding {
  const { pair, base, cand, status, kind, dispersion } = test;
  const named = status === NO_RESPONSE ? 'No response' : `Status ${status}`;
  const evidence: Evidence[] = (
    pair.cand.statuses.find(([name]) => name === status)?.[1].examples.ids ?? []
  ).map((callId) => ({ callId, side: 'candidate', note: named.toLowerCase() }));
  const bursts = dispersion >= BURSTS ? ' They come in bursts.' : '';
  return {
    rule,
    category: 'new-error',
    severity,
    operation: pair.operation,
    path: `status ${status}`,
    summary:
      rule === 'error.new-status'
        ? `${named} (${kind} error) in ${count(cand, pair.cand.count)} calls; ${before(pair)}.${bursts}`
        : `${named} (${kind} error) rose from ${percent(base / pair.base.count)} (${count(base, pair.base.count)}) to ${percent(cand / pair.cand.count)} (${count(cand, pair.cand.count)}).${bursts}`,
    baseline: base,
    candidate: cand,
    ...shift(test),
    evidence,
  };
}

function before({ base }: ErrorTest['pair']): string {
  return base.count === 0 ? 'the baseline has none of them' : `never in ${base.count} calls before`;
}

function shift({ pair, base, cand }: ErrorTest): Pick<Finding, 'effect' | 'interval' | 'samples'> {
  const samples = { baseline: pair.base.count, candidate: pair.cand.count };
  if (samples.baseline === 0) return { effect: null, interval: null, samples };
  return shareShift({ some: base, all: samples.baseline }, { some: cand, all: samples.candidate });
}
