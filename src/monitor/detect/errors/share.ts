import type { EvidenceCall } from '../../../calls/evidence.ts';
import type { Stretch } from '../../../compare/stats/dispersion.ts';
import { wilsonInterval } from '../../../compare/stats/exact.ts';
import { count, percent, times } from '../../../compare/words.ts';
import { sum } from '../../../support/numbers.ts';
import { grouped, iso } from '../../../support/quantity.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import type { Shown } from '../../measure/slot-view.ts';
import type { Signal } from '../../signal.ts';
import type { Cells } from '../cells.ts';
import { learnedHours } from '../learned-hours.ts';
import { type LearnedShare, learnedShare } from '../learned-share.ts';
import type { Ongoing } from '../ongoing.ts';
import { operationKfl } from '../operation-kfl.ts';
import { isChallenged, type Newcomer, newcomerOf } from './newcomer.ts';
import { IN_BODIES, REJECTIONS, SHARE } from './rules.ts';
import { LONGEST, type RaisedShare, raisedShare, type Strictness } from './share-test.ts';
import { type Sufferer, sufferersOf, tallyOf } from './suffering.ts';

interface Kind {
  readonly rule: typeof SHARE;
  /** Which of a tally's numbers, and of how many. */
  readonly at: 1 | 2 | 4;
  readonly of: 0 | 3;
  readonly did: string;
  /** Undefined where no status tells it. */
  readonly status: 'failed' | 'rejected' | undefined;
  readonly strict: Strictness;
  /** Of an operation that came with a rollout, by what others of its workload do. */
  readonly fresh: Strictness;
}

const FAILURES: Kind = {
  rule: SHARE,
  at: 1,
  of: 0,
  did: 'failed',
  status: 'failed',
  strict: { chance: 5e-6, leastSome: 3, ratio: 3, more: 0.01, known: 20 },
  // Another operation of the same workload is a weak model of one.
  fresh: { chance: 5e-6, leastSome: 5, ratio: 3, more: 0.1, known: 2 },
};
const REJECTED: Kind = {
  rule: REJECTIONS,
  at: 2,
  of: 0,
  did: 'were rejected',
  status: 'rejected',
  strict: { chance: 1e-8, leastSome: 10, ratio: 5, more: 0.05, known: 5 },
  fresh: { chance: 1e-5, leastSome: 10, ratio: 5, more: 0.2, known: 2 },
};
const TOLD: Kind = {
  rule: IN_BODIES,
  at: 4,
  of: 3,
  did: 'tell of an error in their answers',
  status: undefined,
  strict: REJECTED.strict,
  fresh: REJECTED.fresh,
};
/** From so many times the learned share, or from such a share of the calls on, it is critical. */
const CRITICAL_RATIO = 10;
const CRITICAL_SHARE = 0.2;
/** Less than this is not told apart from never. */
const LEAST_SHARE = 1e-3;
const LEVEL = 0.95;
const EVIDENCE = 5;

type Judge = (situation: Situation<unknown>, tallies: Cells, ongoing: Ongoing) => readonly Signal[];

/** Operations, or callers of them, that fail more often than was learned. */
export const raisedFailures: Judge = (...given) => raised(FAILURES, ...given);

/** Likewise of calls that were rejected. */
export const raisedRejections: Judge = (...given) => raised(REJECTED, ...given);

/** Likewise of calls whose bodies tell of an error. */
export const raisedInBodies: Judge = (...given) => raised(TOLD, ...given);

function raised(
  kind: Kind,
  situation: Situation<unknown>,
  tallies: Cells,
  ongoing: Ongoing,
): readonly Signal[] {
  const { view } = situation;
  return [...view.operations.values()].flatMap((measure) => {
    const event = ongoing.get(measure.name.workload, view.slot);
    return sufferersOf(measure).flatMap(
      (sufferer) => raisedAt(kind, situation, tallies, measure, sufferer, event) ?? [],
    );
  });
}

/** `event`: what goes on at the workload already. */
function raisedAt(
  kind: Kind,
  situation: Situation<unknown>,
  tallies: Cells,
  measure: OperationMeasure,
  sufferer: Sufferer,
  event: ReturnType<Ongoing['get']>,
): Signal | undefined {
  const { view, normal } = situation;
  const { name, operation, caller } = sufferer;
  const own = stretch(kind, tallyOf(measure, caller));
  const cells = tallies.last(name, view.slot, LONGEST);
  if (own.some + sum(cells, (cell) => cell.numbers[kind.at] ?? 0) === 0) return undefined;
  const known = learnedShare(
    learnedHours(normal, operation, event?.since).map((hour) =>
      stretch(kind, tallyOf(hour.measure, caller)),
    ),
  );
  const newcomer =
    known || caller !== undefined || (kind === REJECTED && isChallenged(measure))
      ? undefined
      : newcomerOf(measure, situation, (each) => stretch(kind, tallyOf(each)));
  const learned = known ?? newcomer?.others;
  if (learned === undefined) return undefined;
  const counts = (window: number) => [
    ...tallies
      .last(name, view.slot, window)
      .filter(({ start }) => window > 1 && start < view.slot.start)
      .map((cell) => stretch(kind, cell.numbers)),
    own,
  ];
  const bounds = newcomer ? kind.fresh : kind.strict;
  const found = raisedShare(learned, counts, bounds, event !== undefined);
  if (found === undefined) return undefined;
  const first = tallies
    .last(name, view.slot, found.cells === 1 ? 0 : found.cells)
    .find((cell) => (cell.numbers[kind.at] ?? 0) > 0);
  return signalOf(kind, measure, sufferer, learned, found, {
    newcomer,
    since: first?.start ?? view.slot.start,
    evidence: evidenceOf(kind, view.shown(operation), caller),
    learnedFrom: normal.words,
  });
}

function signalOf(
  { rule, did, status }: Kind,
  measure: OperationMeasure,
  { operation, caller }: Sufferer,
  learned: LearnedShare,
  { some, all, chance, cells }: RaisedShare,
  told: {
    readonly newcomer: Newcomer | undefined;
    readonly since: number;
    readonly evidence: readonly EvidenceCall[];
    readonly learnedFrom: string;
  },
): Signal {
  const share = some / all;
  const ratio = share / Math.max(learned.share, LEAST_SHARE);
  const critical = status === 'failed' && (ratio >= CRITICAL_RATIO || share >= CRITICAL_SHARE);
  const [low, high] = wilsonInterval(some, all, LEVEL);
  const from = caller === undefined ? '' : ` from ${caller}`;
  const others = `the other operations of ${measure.name.workload}`;
  return {
    rule: rule.id,
    subject: {
      workload: measure.name.workload,
      operation,
      ...(caller !== undefined && { caller }),
    },
    severity: critical ? 'critical' : 'warning',
    summary: `${percent(share)} of the calls of ${operation}${from} ${did} (${count(some, all)}), ${usualIn(learned, share, told.newcomer, others)}`,
    since: told.since,
    value: share,
    expected: learned.share,
    unit: 'ratio',
    interval: { low, high, level: LEVEL },
    chance,
    events: some,
    evidence: told.evidence,
    kfl: operationKfl(measure.name, { status, caller }),
    checked: `${all} calls of the last ${cells === 1 ? 'slot' : `${cells} slots`}, against ${learned.calls} of ${told.newcomer ? `${others} in ` : ''}the learned hours (${told.learnedFrom}), of which ${learned.some} ${did}; such events come ${times(learned.bursts)} as uneven as by chance`,
  };
}

function usualIn(
  { some, calls, share: usual }: LearnedShare,
  share: number,
  newcomer: Newcomer | undefined,
  others: string,
): string {
  if (newcomer) {
    const { workload, rollout } = newcomer;
    const did = some === 0 ? 'none' : percent(some / calls);
    return `new since the rollout of ${workload} at ${iso(rollout)}; of the calls of ${others} ${did} did`;
  }
  // The share of what never happened is a bound: so many times as much says nothing.
  if (some === 0) return `where none of the ${grouped(calls)} learned ones did`;
  return `${times(share / usual)} the ${percent(usual)} usually (${count(some, calls)})`;
}

function evidenceOf({ status }: Kind, shown: Shown, caller: string | undefined): EvidenceCall[] {
  const calls = {
    failed: () => shown.failed,
    rejected: () => [...shown.byCaller.values()].flat(),
    told: () => shown.told,
  }[status ?? 'told']();
  return calls.filter((call) => caller === undefined || call.caller === caller).slice(0, EVIDENCE);
}

function stretch({ at, of }: Kind, tally: readonly number[]): Stretch {
  return { all: tally[of] ?? 0, some: tally[at] ?? 0 };
}
