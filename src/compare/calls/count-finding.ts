import type { Finding, Severity } from '../finding.ts';
import { differenceInterval, ratioInterval } from '../stats/call-rate.ts';
import { percent, rounded, times } from '../words.ts';
import { asksCache } from './cache.ts';
import type { CalleePair } from './callee-pair.ts';
import { countEvidence } from './evidence.ts';
import type { Move } from './move.ts';

/** The finding that calls moved so. */
export function countFinding(called: CalleePair, move: Move, severity: Severity): Finding {
  const { pair, callee, base, cand, baseRate, candRate } = called;
  const gone = move === 'vanished' || move === 'from-always';
  const rule =
    move === 'appeared'
      ? cand?.family.mutation
        ? 'call.mutation-added'
        : 'call.extra'
      : gone
        ? 'call.missing'
        : 'call.count-changed';
  const ratio = rule === 'call.count-changed';
  return {
    rule,
    category: gone ? 'missing-call' : rule === 'call.extra' ? 'extra-call' : 'behaviour',
    severity,
    operation: pair.operation,
    path: callee,
    summary: words(called, move),
    baseline: rounded(baseRate.mean),
    candidate: rounded(candRate.mean),
    effect: ratio ? rounded(candRate.mean / baseRate.mean) : rounded(candRate.mean - baseRate.mean),
    interval: ratio ? ratioInterval(baseRate, candRate) : differenceInterval(baseRate, candRate),
    samples: { baseline: baseRate.handled, candidate: candRate.handled },
    evidence: countEvidence(base, cand),
  };
}

function words({ pair, callee, baseRate, candRate }: CalleePair, move: Move): string {
  const before = percent(baseRate.present / baseRate.handled);
  const after = percent(candRate.present / candRate.handled);
  const rates = `${rounded(baseRate.mean)} → ${rounded(candRate.mean)} calls a handled call`;
  switch (move) {
    case 'appeared':
      return `Now calls ${callee} (in ${after} of ${candRate.handled} handled calls); never in ${baseRate.handled} before.`;
    case 'vanished':
      return `No longer calls ${callee} (in ${before} of ${baseRate.handled} handled calls before); never in ${candRate.handled} now.`;
    case 'from-always':
      return `Calls ${callee} in only ${after} of ${candRate.handled} handled calls; before in ${before} of ${baseRate.handled}.`;
    case 'to-always':
      return asksCache(pair.cand)
        ? `Calls ${callee} on every handled call: the share that its cache answered fell from ${percent(1 - baseRate.present / baseRate.handled)} to ${percent(1 - candRate.present / candRate.handled)}.`
        : `Calls ${callee} in ${after} of ${candRate.handled} handled calls; before in ${before} of ${baseRate.handled}.`;
    case 'multiplied':
    case 'divided':
      return `Calls ${callee} ${times(candRate.mean / baseRate.mean)} as often: ${rates}.`;
    case 'shifted':
      return `Calls ${callee} ${candRate.mean > baseRate.mean ? 'more' : 'less'} often: ${rates}; the mix of the traffic may explain it.`;
  }
}
