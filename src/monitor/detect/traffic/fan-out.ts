import { negativeBinomialUpper } from '../../../compare/stats/negative-binomial.ts';
import { times } from '../../../compare/words.ts';
import { byCodeUnit } from '../../../support/json.ts';
import type { Situation } from '../../detector.ts';
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
  { view, normal, settings }: Situation<unknown>,
  outlook: Outlook,
  memory: RateMemory,
): readonly Signal[] {
  const signals: Signal[] = [];
  for (const measure of view.operations.values()) {
    const { operation } = measure.name;
    if (measure.failures > FAILING * measure.calls) continue;
    for (const [caller, own] of measure.callers.entries()) {
      const usual = usualFanOut(outlook, caller, operation);
      const handledNow = outlook.own({ kind: 'workload', workload: caller });
      if (usual === undefined || own < RATIO * usual.mean * handledNow) continue;
      const name = nameOf({ kind: 'made', operation, caller });
      const goesOn = memory.growing.get(caller, view.slot) !== undefined;
      for (const cells of WINDOWS) {
        const handled = outlook.calls({ kind: 'workload', workload: caller }, cells);
        const made = outlook.calls({ kind: 'made', operation, caller }, cells);
        const expected = usual.mean * handled;
        if (handled < settings.minEvents || made < RATIO * expected || made - expected < LEAST_MORE)
          continue;
        // Bursts of the caller's own load are no bursts of what it makes of it.
        const bursts =
          outlook.unevenness({ kind: 'edge', workload: measure.name.workload, caller }) -
          outlook.unevenness({ kind: 'workload', workload: caller });
        const variation = usual.variation + memory.fanOut.of(name) + Math.max(0, bursts);
        const chance = WINDOWS.length * negativeBinomialUpper(made, expected, variation);
        if (chance >= (goesOn ? ONGOING_CHANCE : CHANCE)) continue;
        if (!goesOn && made < RATIO * lately({ view, normal }, caller, operation) * handled)
          continue;
        signals.push({
          rule: FAN_OUT.id,
          subject: { workload: caller, detail: operation },
          severity: FAN_OUT.severity,
          summary: `${caller} calls ${operation} ${times(made / expected)} as often for each call that it handles: ${(made / handled).toPrecision(2)} times instead of ${usual.mean.toPrecision(2)}`,
          since: view.slot.start,
          value: made / handled,
          expected: usual.mean,
          unit: 'calls a handled call',
          chance,
          events: made,
          evidence: (view.shown(operation).byCaller.get(caller) ?? []).slice(0, 5),
          kfl: operationKfl(measure.name, { caller }),
          checked: `${made} calls made and ${handled} handled in the last ${cells} slots against the same hours (${normal.words})`,
        });
        break;
      }
    }
  }
  return signals;
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
