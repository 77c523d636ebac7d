import { callEvidence } from './calls/evidence.ts';
import { type Doubt, doubted } from './doubt.ts';
import type { Finding } from './finding.ts';
import { about, type CallsTo, examplesOf } from './own-calls.ts';
import { fisherExact } from './stats/exact.ts';
import { percent, rounded, times } from './words.ts';
import { isClocked, isOfEvents } from './work-kinds.ts';

/** Calls to be expected from which on none, or another number, means something. */
export const LEAST_EXPECTED = 10;
/** A shorter silence at the end may be a restart. */
export const SHORT_SILENCE = 0.25;
/** What is done once for each event is done about as often as what else is. */
const ALIKE = 2;
const VERY_ALIKE = 1.1;
const CHANGED = 1.5;
const CHANCE = 0.005;
/**
 * From so much more on it is done again for what it was done for, as no delivery that is repeated now
 * and then explains; how much less, only how many are taken at a time would tell.
 */
const AGAIN = 1.8;

const NO_SIGN: Doubt = {
  undecided: 'nothing shows whether there was anything to do that it does this for',
};

function isAsOften(one: CallsTo, other: CallsTo, most: number): boolean {
  return one !== other && other.base <= most * one.base && one.base <= most * other.base;
}

/** That a workload no longer calls somebody by itself; `many`: that it is one of many hosts. */
export function missing(
  workload: string,
  edge: CallsTo,
  mine: readonly CallsTo[],
  timeRatio: number,
  many: Doubt | undefined,
): Finding {
  const { pair, base } = edge;
  const { workload: callee, method } = pair.family;
  const goesOn = mine.find(
    (other) =>
      isOfEvents(other.pair) &&
      isAsOften(edge, other, ALIKE) &&
      other.cand >= (other.base * Math.min(1, timeRatio)) / ALIKE,
  );
  // Another name of its host.
  const isSame = ({ pair: { operation, family } }: CallsTo) =>
    operation.slice(family.workload.length) === pair.operation.slice(callee.length);
  const isReplaced = mine.some(
    (other) =>
      other.base === 0 &&
      other.cand >= (base * Math.min(1, timeRatio)) / ALIKE &&
      (other.pair.family.workload === callee ? other.pair.family.method === method : isSame(other)),
  );
  const why = isReplaced
    ? ` Another ${method} is in its place.`
    : goesOn
      ? ` It goes on with ${goesOn.pair.operation} (${goesOn.base} → ${goesOn.cand} calls), which it did as often.`
      : '';
  return {
    ...doubted(
      {
        ...about(workload, edge),
        rule: 'call.missing',
        category: 'missing-call',
        severity: 'breaking',
        summary: `No longer calls ${pair.operation} by itself: ${base} calls before, none now.${why}`,
        effect: -base,
      },
      isReplaced ? {} : (many ?? (!goesOn && NO_SIGN)),
    ),
    evidence: callEvidence(examplesOf(pair.base), 'baseline', 'the call made'),
  };
}

/**
 * That calls stopped: none in the last share (0…1) of the time that `silence` is. `how` they were made,
 * as what `calls`, and what `follows` from it.
 */
export function stopped(
  workload: string,
  edge: CallsTo,
  silence: number,
  { how, calls, follows }: { how: string; calls: string; follows: string },
): Finding {
  const { pair, base, cand } = edge;
  const since = cand === 0 ? 'now' : `in the last ${percent(silence)} of the time`;
  return {
    ...about(workload, edge),
    rule: 'call.missing',
    category: 'missing-call',
    severity: 'breaking',
    summary: `No longer calls ${pair.operation} ${how}: ${base} ${calls} before, none ${since}.${follows}`,
    effect: cand - base,
    evidence: callEvidence(examplesOf(pair.base), 'baseline', 'the call made'),
  };
}

export function added(workload: string, edge: CallsTo): Finding {
  const { pair, cand } = edge;
  return {
    ...about(workload, edge),
    rule: 'call.mutation-added',
    category: 'behaviour',
    severity: 'warning',
    summary: `Now calls ${pair.operation} by itself: ${cand} calls, none before.`,
    effect: cand,
    evidence: callEvidence(examplesOf(pair.cand), 'candidate', 'the new call'),
  };
}

/** That it calls somebody more or less often beside what it does as often. */
export function changed(
  workload: string,
  edge: CallsTo,
  mine: readonly CallsTo[],
  load: number,
  many: Doubt | undefined,
): Finding | undefined {
  const other = changedBeside(edge, mine, load);
  return other && changedFinding(workload, edge, other, many);
}

/** What was done as often before and isn't now, where it is this callee whose calls changed. */
function changedBeside(edge: CallsTo, mine: readonly CallsTo[], load: number): CallsTo | undefined {
  const others = mine.filter(
    (other) =>
      isOfEvents(other.pair) && isAsOften(edge, other, VERY_ALIKE) && other.cand >= LEAST_EXPECTED,
  );
  const far = ({ base, cand }: CallsTo) => Math.abs(Math.log(cand / base / load));
  const isChanged = (other: CallsTo) => {
    const ratio = edge.cand / edge.base / (other.cand / other.base);
    if (Math.max(ratio, 1 / ratio) < CHANGED || far(edge) <= far(other)) return false;
    return (
      fisherExact(edge.cand, edge.cand + other.cand, edge.base, edge.base + other.base) <= CHANCE
    );
  };
  return others.length > 0 && others.every(isChanged) ? others[0] : undefined;
}

function changedFinding(
  workload: string,
  edge: CallsTo,
  other: CallsTo,
  many: Doubt | undefined,
): Finding {
  const { pair, base, cand } = edge;
  const ratio = rounded(cand / base / (other.cand / other.base), 3);
  return {
    ...doubted(
      {
        ...about(workload, edge),
        rule: 'call.count-changed',
        category: 'behaviour',
        severity: 'breaking',
        summary: `Calls ${pair.operation} by itself ${times(ratio)} as often (${base} → ${cand} calls), beside ${other.pair.operation} (${other.base} → ${other.cand}).`,
        effect: ratio,
      },
      ratio < AGAIN ? {} : (many ?? (isClocked(pair) && {})),
    ),
    evidence: callEvidence(examplesOf(pair.cand), 'candidate', 'the call made'),
  };
}
