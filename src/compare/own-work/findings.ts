import { callEvidence } from '../calls/evidence.ts';
import { type Doubt, doubted } from '../doubt.ts';
import type { Finding } from '../finding.ts';
import { calleeOf, otherHost, otherTarget } from '../likenesses.ts';
import type { Sides } from '../sides.ts';
import { fisherExact } from '../stats/exact.ts';
import { percent, rounded, times } from '../words.ts';
import { isClocked } from '../work-kinds.ts';
import { about, type Beside, type CallsTo, examplesOf } from './own-calls.ts';
import { LEAST_EXPECTED } from './silence.ts';

/** What is done once for each event is done about as often as what else is. */
const ALIKE = 2;
const VERY_ALIKE = 1.1;
/** Calls for a message, or a batch, that are made for each: so many at most, and so near a whole number. */
const MOST_FOR_ONE = 4;
const NEARLY = 0.1;
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

function isAsOften(one: Sides<number>, other: Sides<number>, most: number): boolean {
  return other.base <= most * one.base && one.base <= most * other.base;
}

/**
 * That a workload no longer calls somebody by itself, where it may go on with what it did `besides`.
 * `many`: that it is one of many hosts.
 */
export function missing(
  workload: string,
  edge: CallsTo,
  mine: readonly CallsTo[],
  besides: readonly Beside[],
  timeRatio: number,
  many: Doubt | undefined,
): Finding {
  const { pair, base } = edge;
  const goesOn = besides.find(
    (other) =>
      isAsOften(edge, other, ALIKE) && other.cand >= (other.base * Math.min(1, timeRatio)) / ALIKE,
  );
  const isReplaced = mine.some(
    (other) =>
      other.base === 0 &&
      other.cand >= (base * Math.min(1, timeRatio)) / ALIKE &&
      [otherTarget, otherHost].some((likeness) => likeness(calleeOf(pair), calleeOf(other.pair))),
  );
  const why = isReplaced
    ? ` Another ${pair.family.method} is in its place.`
    : goesOn
      ? ` It goes on with ${goesOn.operation} (${goesOn.base} → ${goesOn.cand} ${goesOn.unit}), which it did as often.`
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

/** That it calls somebody more or less often beside what else it does as often, or is given to do. */
export function changed(
  workload: string,
  edge: CallsTo,
  besides: readonly Beside[],
  load: number,
  many: Doubt | undefined,
): Finding | undefined {
  const other = changedBeside(edge, besides, load);
  return other && changedFinding(workload, edge, other, many);
}

/** What was done as often before and isn't now, where it is this callee whose calls changed: what it changed least beside. */
function changedBeside(
  edge: CallsTo,
  besides: readonly Beside[],
  load: number,
): Beside | undefined {
  const enough = besides.filter(({ base, cand }) => base > 0 && cand >= LEAST_EXPECTED);
  const steps = enough.filter((other) => isStep(edge, other));
  const isBatched = steps.some(({ unit }) => unit === 'batches');
  // Batches are larger under load, or cut in parts: what is done more for each is more for each message too.
  const others = enough.filter(
    (other) => steps.includes(other) || (isBatched && other.unit === 'messages'),
  );
  const far = ({ base, cand }: Sides<number>) => Math.abs(Math.log(cand / base / load));
  const ratioTo = (other: Beside) => edge.cand / edge.base / (other.cand / other.base);
  const partOf = (side: 'base' | 'cand', other: Beside) => ({
    some: edge[side],
    all: edge[side] + other[side],
  });
  const isFar = (other: Beside) =>
    // Of two things that are done as often either may have changed; what comes did not because of the work.
    (other.unit !== 'calls' || far(edge) > far(other)) &&
    fisherExact(partOf('cand', other), partOf('base', other)) <= CHANCE;
  const ratios = others.map(ratioTo);
  const isChanged = Math.min(...ratios) >= CHANGED || Math.max(...ratios) <= 1 / CHANGED;
  if (!isChanged || !others.every(isFar)) return undefined;
  const change = (other: Beside) => Math.abs(Math.log(ratioTo(other)));
  // Messages say it plainly, where they do.
  const told = steps.filter(({ unit }) => unit === steps[0]?.unit);
  return told.toSorted((one, other) => change(one) - change(other))[0];
}

/** Whether a call goes with what else is done, or is done so many times for each message or batch. */
function isStep(edge: CallsTo, other: Beside): boolean {
  if (other.unit === 'calls') return isAsOften(edge, other, VERY_ALIKE);
  const forOne = edge.base / other.base;
  const whole = Math.round(forOne);
  return whole >= 1 && whole <= MOST_FOR_ONE && Math.abs(forOne - whole) <= NEARLY;
}

function changedFinding(
  workload: string,
  edge: CallsTo,
  other: Beside,
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
        summary: `Calls ${pair.operation} by itself ${times(ratio)} as often (${base} → ${cand} calls), beside ${other.unit === 'calls' ? '' : `the ${other.unit} of `}${other.operation} (${other.base} → ${other.cand}).`,
        effect: ratio,
      },
      ratio < AGAIN ? {} : (many ?? (isClocked(pair) && {})),
    ),
    evidence: callEvidence(examplesOf(pair.cand), 'candidate', 'the call made'),
  };
}
