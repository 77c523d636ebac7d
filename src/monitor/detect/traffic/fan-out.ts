import { negativeBinomialUpper } from '../../../compare/stats/negative-binomial.ts';
import { times } from '../../../compare/words.ts';
import { byCodeUnit } from '../../../support/json.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import type { Signal } from '../../signal.ts';
import { operationKfl } from '../operation-kfl.ts';
import type { Outlook } from './outlook.ts';
import type { RateMemory } from './rate-memory.ts';
import { FAN_OUT } from './rules.ts';
import { nameOf, ratedOf } from './tally.ts';

const WINDOWS = [3, 6] as const;
const CHANCE = 1e-7;
const ONGOING_CHANCE = 1e-3;
const RATIO = 1.5;
const LEAST_MORE = 20;
/** Calls a handled call that count as made because of it. */
const LEAST_MEAN = 0.02;
/** Where so many calls fail, more of them are retries, and the failures are told. */
const FAILING = 0.1;
/** Variation of the ratio between hours before any was seen, and its worth in hours. */
const VARIATION = 0.15 ** 2;
const WORTH = 3;

interface FanOut {
  readonly mean: number;
  readonly variation: number;
}

/** Workloads that make more calls for each that they handle than they learned. */
export function raisedFanOuts(
  situation: Situation<unknown>,
  outlook: Outlook,
  memory: RateMemory,
): readonly Signal[] {
  return [...situation.view.operations.values()]
    .filter(({ failures, calls }) => failures <= FAILING * calls)
    .flatMap((measure) =>
      measure.callers.entries().flatMap(([caller, own]) => {
        const usual = usualFanOut(outlook, caller, measure.name.operation);
        const handled = outlook.own({ kind: 'workload', workload: caller });
        if (usual === undefined || own < RATIO * usual.mean * handled) return [];
        const made = { measure, caller, usual };
        const raised = raisedFanOut(situation, outlook, memory, made);
        return raised ? [signalOf(situation, made, raised)] : [];
      }),
    );
}

/** What a caller makes of one operation. */
interface Made {
  readonly measure: OperationMeasure;
  readonly caller: string;
  readonly usual: FanOut;
}

interface Raised {
  /** The last so many slots, and the calls made and handled in them. */
  readonly cells: number;
  readonly made: number;
  readonly handled: number;
  readonly chance: number;
}

/** In the shortest window that shows it. */
function raisedFanOut(
  { view, normal, settings }: Situation<unknown>,
  outlook: Outlook,
  memory: RateMemory,
  { measure, caller, usual }: Made,
): Raised | undefined {
  const { workload, operation } = measure.name;
  const what = { kind: 'made', operation, caller } as const;
  const goesOn = memory.growing.get(caller, view.slot) !== undefined;
  for (const cells of WINDOWS) {
    const handled = outlook.calls({ kind: 'workload', workload: caller }, cells);
    const made = outlook.calls(what, cells);
    const expected = usual.mean * handled;
    if (handled < settings.minEvents || made < RATIO * expected || made - expected < LEAST_MORE)
      continue;
    // Bursts of the caller's own load are no bursts of what it makes of it.
    const bursts =
      outlook.unevenness({ kind: 'edge', workload, caller }) -
      outlook.unevenness({ kind: 'workload', workload: caller });
    const variation = usual.variation + memory.fanOut.of(nameOf(what)) + Math.max(0, bursts);
    const chance = WINDOWS.length * negativeBinomialUpper(made, expected, variation);
    if (chance >= (goesOn ? ONGOING_CHANCE : CHANCE)) continue;
    if (goesOn || made >= RATIO * lately({ view, normal }, caller, operation) * handled)
      return { cells, made, handled, chance };
  }
  return undefined;
}

function signalOf(
  { view, normal }: Situation<unknown>,
  { measure: { name }, caller, usual: { mean } }: Made,
  { cells, made, handled, chance }: Raised,
): Signal {
  const { operation } = name;
  return {
    rule: FAN_OUT.id,
    subject: { workload: caller, detail: operation },
    severity: FAN_OUT.severity,
    summary: `${caller} calls ${operation} ${times(made / (mean * handled))} as often for each call that it handles: ${(made / handled).toPrecision(2)} times instead of ${mean.toPrecision(2)}`,
    since: view.slot.start,
    value: made / handled,
    expected: mean,
    unit: 'calls a handled call',
    chance,
    events: made,
    evidence: (view.shown(operation).byCaller.get(caller) ?? []).slice(0, 5),
    kfl: operationKfl(name, { caller }),
    checked: `${made} calls made and ${handled} handled in the last ${cells} slots against the same hours (${normal.words})`,
  };
}

/** Takes what a slot showed of how fan-outs vary. */
export function learnFanOuts(
  { view }: Situation<unknown>,
  outlook: Outlook,
  memory: RateMemory,
): void {
  for (const name of [...outlook.rates.keys()].sort(byCodeUnit)) {
    const what = ratedOf(name);
    if (what.kind !== 'made') continue;
    const { caller, operation } = what;
    if (memory.growing.get(caller, view.slot) !== undefined) continue;
    const expected =
      (usualFanOut(outlook, caller, operation)?.mean ?? 0) *
      outlook.own({ kind: 'workload', workload: caller });
    if (expected < 1) continue;
    const deviation = Math.min(outlook.own(what), 3 * expected) - expected;
    const estimate = (deviation ** 2 - expected) / expected ** 2;
    memory.fanOut.learn(name, estimate, expected ** 2 / (expected ** 2 + 20 ** 2));
  }
}

/**
 * Calls a handled call over the last day: what a workload handles may have become another mix since the
 * comparable hours, as when a tenant grows.
 */
function lately(
  { view, normal }: Pick<Situation<unknown>, 'view' | 'normal'>,
  caller: string,
  operation: string,
): number {
  let [made, handled] = [0, 0];
  for (const { measure } of normal.recent(operation)) made += measure?.callers.get(caller) ?? 0;
  for (const { name } of view.operations.values()) {
    if (name.workload !== caller) continue;
    for (const { measure } of normal.recent(name.operation)) handled += measure?.calls ?? 0;
  }
  return handled === 0 ? 0 : made / handled;
}

/** Calls a handled call over the comparable hours. */
function usualFanOut(outlook: Outlook, caller: string, operation: string): FanOut | undefined {
  const made = outlook.rates.get(nameOf({ kind: 'made', operation, caller }));
  const handled = outlook.rates.get(nameOf({ kind: 'workload', workload: caller }));
  if (made === undefined || handled === undefined || handled.anHour === 0) return undefined;
  const mean = made.anHour / handled.anHour;
  if (mean < LEAST_MEAN) return undefined;
  let excess = 0;
  let counted = 0;
  for (const [start, calls] of made.hours) {
    const expected = mean * (handled.hours.get(start) ?? 0);
    if (expected < 1) continue;
    excess += ((calls - expected) ** 2 - expected) / expected ** 2;
    counted++;
  }
  return {
    mean,
    variation: Math.max(VARIATION / 3, (WORTH * VARIATION + excess) / (WORTH + counted)),
  };
}
