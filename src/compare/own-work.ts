import { workloadOf } from '../calls/operation.ts';
import { oneOfMany } from './calls/alike-hosts.ts';
import { callsAlone } from './calls/background.ts';
import type { Destinations } from './calls/destinations.ts';
import { callEvidence } from './calls/evidence.ts';
import { type Doubt, doubted } from './doubt.ts';
import type { FamilyResult } from './family-result.ts';
import type { Finding } from './finding.ts';
import { about, type Edge, edgesOf, examplesOf } from './own-edges.ts';
import type { OperationPair, Pairing } from './pairs.ts';
import type { Shown } from './shown.ts';
import type { SideName } from './sides.ts';
import { silentWork } from './silent-work.ts';
import { fisherExact } from './stats/exact.ts';
import { slotsOf, spanOf } from './stretches.ts';
import { times } from './words.ts';
import { isAsset, isClocked, isOfEvents, isWork } from './work-kinds.ts';

/** Calls of one kind from which on work is judged, and those to be expected from which on none means something. */
const LEAST = 20;
const LEAST_EXPECTED = 10;
/** So much of a workload's calls to a callee must be on no known call's account. */
const ALONE = 0.5;
/** The same for what is only told: a poll that waits has most of what happens meanwhile linked to it. */
const SOME_ALONE = 0.1;
/** Of the time with calls, what lies within less is a job by the clock, or a moment. */
const SPREAD = 0.5;
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

/**
 * Work of consumers and relays that no handled call is known to have caused. A callee that is not
 * called any more is missing where what was done as often as it goes on; where nothing else shows
 * whether there was anything to do, that is told and not decided. Writes that are new, and calls that
 * are more or fewer for each of what is done as often, are told. Pages are judged by what they no longer
 * ask and by writes that are new; how often they ask is the user's doing too.
 */
export function compareOwnWork(
  { pairs, background }: Pairing,
  known: Destinations,
  timeRatio: number,
  { isOfPages, showsEmptyLooks }: Shown,
): FamilyResult {
  const work = edgesOf(pairs);
  const handles = new Set(
    pairs.filter(({ cand }) => cand.count > 0).map(({ operation }) => workloadOf(operation)),
  );
  const slots = {
    base: slotsOf(pairs.map(({ base }) => base)),
    cand: slotsOf(pairs.map(({ cand }) => cand)),
  };
  const load = callsOf(pairs, 'cand') / Math.max(1, callsOf(pairs, 'base'));
  const findings: Finding[] = [];
  for (const [workload, mine] of work) {
    const silent =
      isOfPages || !showsEmptyLooks ? undefined : silentWork(workload, mine, slots, timeRatio);
    if (silent) {
      findings.push(silent);
      continue;
    }
    if (!isOfPages && !handles.has(workload) && mine.every(({ cand }) => cand === 0)) continue;
    // Others call by themselves because somebody asks them to: people, tests, what nobody saw.
    if (!isOfPages && !mine.some(({ pair, base }) => base > 0 && isWork(pair))) continue;
    const isAlone = (edge: Edge, side: SideName, share = ALONE) =>
      callsAlone(background, workload, edge.pair.operation)[side] >= share * edge[side];
    const isSpread = (edge: Edge, side: SideName) => spanOf(edge.pair[side], slots[side]) >= SPREAD;
    const manyOf = ({ operation }: OperationPair) => oneOfMany(workload, operation, known);
    for (const edge of mine) {
      const { base, cand, pair } = edge;
      if (base >= LEAST && cand === 0 && base * timeRatio >= LEAST_EXPECTED) {
        if (isAlone(edge, 'base') && isSpread(edge, 'base') && !(isOfPages && isAsset(pair)))
          findings.push(missing(workload, edge, mine, timeRatio, manyOf(pair)));
      } else if (base === 0 && cand >= LEAST && pair.family.mutation) {
        if (isAlone(edge, 'cand') && isSpread(edge, 'cand') && calls(mine, pair.family.workload))
          findings.push(added(workload, edge));
      } else if (
        !isOfPages &&
        Math.min(base, cand) >= LEAST &&
        isAlone(edge, 'base', SOME_ALONE) &&
        isAlone(edge, 'cand', SOME_ALONE)
      ) {
        const other = changedBeside(edge, mine, load);
        if (other) findings.push(changed(workload, edge, other, manyOf(pair)));
      }
    }
  }
  return { findings, notChecked: [] };
}

function calls(mine: readonly Edge[], callee: string): boolean {
  return mine.some(({ pair, base }) => base > 0 && pair.family.workload === callee);
}

function isAsOften(one: Edge, other: Edge, most: number): boolean {
  return one !== other && other.base <= most * one.base && one.base <= most * other.base;
}

function missing(
  workload: string,
  edge: Edge,
  mine: readonly Edge[],
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
  const isSame = ({ pair: { operation, family } }: Edge) =>
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

function added(workload: string, edge: Edge): Finding {
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

/** What was done as often before and isn't now, where it is this callee whose calls changed. */
function changedBeside(edge: Edge, mine: readonly Edge[], load: number): Edge | undefined {
  const others = mine.filter(
    (other) =>
      isOfEvents(other.pair) && isAsOften(edge, other, VERY_ALIKE) && other.cand >= LEAST_EXPECTED,
  );
  const far = ({ base, cand }: Edge) => Math.abs(Math.log(cand / base / load));
  const isChanged = (other: Edge) => {
    const ratio = edge.cand / edge.base / (other.cand / other.base);
    if (Math.max(ratio, 1 / ratio) < CHANGED || far(edge) <= far(other)) return false;
    return (
      fisherExact(edge.cand, edge.cand + other.cand, edge.base, edge.base + other.base) <= CHANCE
    );
  };
  return others.length > 0 && others.every(isChanged) ? others[0] : undefined;
}

function changed(workload: string, edge: Edge, other: Edge, many: Doubt | undefined): Finding {
  const { pair, base, cand } = edge;
  const ratio = Number((cand / base / (other.cand / other.base)).toPrecision(3));
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

function callsOf(pairs: readonly OperationPair[], side: SideName): number {
  return pairs.reduce((sum, pair) => sum + pair[side].count, 0);
}
