import { workloadOf } from '../../calls/operation.ts';
import type { Family } from '../../calls/target.ts';
import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding, Severity } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { REPEATED, undecided } from '../schema/share.ts';
import { differenceInterval, rateTest, ratioInterval } from '../stats/call-rate.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { percent, times } from '../words.ts';
import { weighedByWhatTheyAreAbout } from './about.ts';
import type { Sum } from './by-itself.ts';
import { asksCache, isCacheRead, isCacheWrite } from './cache.ts';
import { childRate } from './child-rate.ts';
import { countEvidence } from './evidence.ts';
import { type Move, moveOf, type Sides, sureness } from './move.ts';
import type { OutcomePair } from './pair.ts';

/** Calls that a callee never seen before must have had. */
const NEW_CALLS = 5;
/** Below this share of the handled calls, what came or went is a warning. */
const RARE = 0.1;
const CACHE_SHIFT = 3;
/** Mean confidence of the links below which a finding is a warning at best. */
const SURE_ENOUGH = 0.75;
/** The same where another operation of the workload calls the callee as well, and may be the cause. */
const SURE_BESIDE = 0.85;
/** Links by headers. */
const EXACT = 0.99;

interface Test extends Sides {
  readonly pair: OutcomePair;
  readonly callee: string;
  readonly pValue: number;
}

/** Callees that came, went, or are called more or less often a handled call. */
export function compareCounts(
  pairs: readonly OutcomePair[],
  isKnown: (operation: string, callee: string) => boolean,
  sumOf: (operation: string, callee: string, change: number) => Sum,
  minSamples: number,
): Finding[] {
  const tests = pairs.flatMap(testsOf);
  const enoughFor = surenessNeeded(tests);
  const adjusted = benjaminiHochberg(tests.map((test) => test.pValue));
  const reported = tests.flatMap((test, i): Reported[] => {
    if ((adjusted[i] as number) > FALSE_ALARMS) return [];
    const move = moveOf(test);
    const severity = move && severityOf(test, move, isKnown, enoughFor(test));
    if (!severity) return [];
    const { pair, callee, baseRate, candRate } = test;
    const change = candRate.calls - baseRate.mean * candRate.handled;
    const sum = sumOf(pair.operation, callee, change);
    const told = weighed(report(test, move, severity, enoughFor(test)), sum, test);
    return [{ test, move, finding: ofFew(told, test, move, minSamples) }];
  });
  return reported.map(({ test, move, finding }) => {
    const fill = isCacheWrite(familyOf(test)) && reported.find((other) => fills(other, test, move));
    return fill ? { ...finding, causedBy: findingId(fill.finding) } : finding;
  });
}

/** What all the calls of the workload don't show is not this operation's doing beyond doubt. */
function weighed(finding: Finding, sum: Sum, test: Test): Finding {
  const { pair, callee } = test;
  const isExact = sum === 'handed' && surenessOf(test) >= EXACT;
  if (sum === 'tells' || isExact) return finding;
  const caller = workloadOf(pair.operation);
  if (sum === 'handed') {
    return {
      ...finding,
      severity: finding.severity === 'info' ? 'info' : 'warning',
      summary: `${finding.summary} But ${caller} calls ${callee} as often in all as before: which of its operations does so is not sure.`,
    };
  }
  const own = `${caller} calls ${callee} by itself as well`;
  const told = sum === 'unclear' ? '' : ', as often in all as before';
  return {
    ...finding,
    severity: sum === 'same' || finding.severity === 'info' ? 'info' : 'warning',
    summary: `${finding.summary} But ${own}${told}: what happened to run at the same time may explain it.`,
  };
}

/** What came or went with few of the things that the calls are about breaks nothing beyond doubt. */
function ofFew(finding: Finding, test: Test, move: Move, minSamples: number): Finding {
  if (finding.severity !== 'breaking') return finding;
  const by = weighedByWhatTheyAreAbout(test, move, test.pair, minSamples);
  if (!by?.repeated) return finding;
  return {
    ...finding,
    severity: 'warning',
    summary: `${finding.summary} ${REPEATED}`,
    ...undecided(by.weight),
  };
}

interface Reported {
  readonly test: Test;
  readonly move: Move;
  readonly finding: Finding;
}

/** Whether the read that a cache's writes follow moved alike: then the writes are no news. */
function fills({ test, move }: Reported, write: Test, moved: Move): boolean {
  return (
    test.pair === write.pair &&
    move === moved &&
    !isCacheWrite(familyOf(test)) &&
    asksCache(test.pair.cand)
  );
}

function testsOf(pair: OutcomePair): Test[] {
  const callees = new Set([...pair.base.children.keys(), ...pair.cand.children.keys()]);
  return [...callees].sort().map((callee) => {
    const base = pair.base.children.get(callee);
    const cand = pair.cand.children.get(callee);
    const baseRate = childRate(base, pair.base.handled);
    const candRate = childRate(cand, pair.cand.handled);
    const pValue = rateTest(baseRate, candRate);
    return { pair, callee, base, cand, baseRate, candRate, pValue };
  });
}

function familyOf({ base, cand }: Test): Family {
  return (cand ?? base)?.family as Family;
}

function severityOf(
  test: Test,
  move: Move,
  isKnown: (operation: string, callee: string) => boolean,
  enough: number,
): Severity | undefined {
  const severity = rawSeverity(test, move, isKnown);
  return severity === 'breaking' && surenessOf(test) < enough ? 'warning' : severity;
}

function surenessOf({ base, cand }: Test): number {
  return Math.min(sureness(base), sureness(cand));
}

/** How sure links must be for what a test is about to break. */
function surenessNeeded(tests: readonly Test[]): (test: Test) => number {
  const key = ({ pair, callee }: Test) => `${workloadOf(pair.operation)}\n${callee}`;
  const callers = Map.groupBy(tests, key);
  return (test) => ((callers.get(key(test))?.length ?? 0) > 1 ? SURE_BESIDE : SURE_ENOUGH);
}

function rawSeverity(
  test: Test,
  move: Move,
  isKnown: (operation: string, callee: string) => boolean,
): Severity | undefined {
  const { pair, callee, baseRate, candRate } = test;
  const family = familyOf(test);
  const mutation = family.mutation && !isCacheWrite(family);
  const cached = asksCache(pair.base) && asksCache(pair.cand) && !isCacheRead(family);
  const rare =
    Math.max(baseRate.present / baseRate.handled, candRate.present / candRate.handled) < RARE;
  switch (move) {
    case 'appeared':
      if (candRate.calls < NEW_CALLS) return undefined;
      return rare && (cached || isKnown(pair.operation, callee)) ? 'warning' : 'breaking';
    case 'vanished':
      return rare ? 'warning' : 'breaking';
    case 'from-always':
      return cached && !mutation ? 'warning' : 'breaking';
    case 'to-always':
    case 'multiplied':
      return 'breaking';
    case 'divided':
      return mutation ? 'breaking' : 'warning';
    case 'shifted': {
      if (!cached || mutation) return 'warning';
      return candRate.mean >= CACHE_SHIFT * baseRate.mean ? 'warning' : undefined;
    }
  }
}

function report(test: Test, move: Move, severity: Severity, enough: number): Finding {
  const { pair, callee, base, cand, baseRate, candRate } = test;
  const gone = move === 'vanished' || move === 'from-always';
  const rule =
    move === 'appeared'
      ? test.cand?.family.mutation
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
    summary: `${words(test, move)}${doubt(test, enough)}`,
    baseline: round(baseRate.mean),
    candidate: round(candRate.mean),
    effect: ratio ? round(candRate.mean / baseRate.mean) : round(candRate.mean - baseRate.mean),
    interval: ratio ? ratioInterval(baseRate, candRate) : differenceInterval(baseRate, candRate),
    samples: { baseline: baseRate.handled, candidate: candRate.handled },
    evidence: countEvidence(base, cand),
  };
}

function words({ pair, callee, baseRate, candRate }: Test, move: Move): string {
  const before = percent(baseRate.present / baseRate.handled);
  const after = percent(candRate.present / candRate.handled);
  const rates = `${round(baseRate.mean)} → ${round(candRate.mean)} calls a handled call`;
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

function doubt(test: Test, enough: number): string {
  const sure = surenessOf(test);
  return sure < enough ? ` Which call caused which is unsure here (${percent(sure)}).` : '';
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
