import type { Stretch } from '../../../compare/stats/dispersion.ts';
import { wilsonInterval } from '../../../compare/stats/exact.ts';
import { count, percent, times } from '../../../compare/words.ts';
import type { Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { Cells } from '../cells.ts';
import { kflOf } from '../kfl.ts';
import { type LearnedShare, shareChance } from '../learned-share.ts';
import { noteSignals, oneAWorkload } from '../one-a-workload.ts';
import { Ongoing } from '../ongoing.ts';
import { BURN_RULES, type BurnRule, budgetOf } from './objective.ts';
import { BURN_RATE } from './rules.ts';
import { type Serving, servingOf } from './serving.ts';

const CELLS = 72;
const CELL_MS = 300_000;
/** Failures that a long and a short window must hold. */
const LEAST_LONG = 5;
const LEAST_SHORT = 2;
/** Where nothing was learned, a few failures prove nothing. */
const LEAST_UNLEARNED = 20;
const RATIO = 3;
const CHANCE = 1e-6;
const ONGOING_CHANCE = 1e-3;
const LEVEL = 0.95;

/** Workloads that burn their error budget. */
class BurnRate implements Detector<undefined> {
  readonly #cells = new Cells(CELLS);
  readonly #ongoing = new Ongoing();

  constructor(kept: Json | undefined) {
    const { cells, ongoing } = (kept ?? {}) as { readonly [key: string]: Json };
    this.#cells.restore(cells);
    this.#ongoing.restore(ongoing);
  }

  read(): undefined {}

  judge(situation: Situation<undefined>): readonly Signal[] {
    const signals = servingOf(situation).flatMap(
      (serving) => this.#burning(serving, situation) ?? [],
    );
    return oneAWorkload(signals, this.#ongoing, situation.view.slot);
  }

  learn(situation: Situation<undefined>): void {
    const { slot } = situation.view;
    noteSignals(this.judge(situation), this.#ongoing, slot);
    for (const { workload, calls, failures } of servingOf(situation)) {
      this.#cells.add(workload, slot, [calls, failures]);
    }
    this.#cells.forget(slot);
  }

  remembers(): Json {
    return { cells: this.#cells.toJSON(), ongoing: this.#ongoing.toJSON() };
  }

  #burning(serving: Serving, { view, settings, normal }: Situation<undefined>): Signal | undefined {
    const { workload, calls, failures } = serving;
    const budget = budgetOf(settings, workload);
    if (budget === undefined || failures === 0) return undefined;
    const event = this.#ongoing.get(workload, view.slot);
    const learned = serving.learned(event?.since);
    const interval = view.slot.end - view.slot.start + 1;
    for (const rule of BURN_RULES) {
      const [long, short] = [rule.long, rule.short].map((span): Stretch => {
        if (span <= interval) return { all: calls, some: failures };
        const cells = Math.round(span / Math.max(CELL_MS, interval));
        const [all = 0, some = 0] = this.#cells.sums(workload, view.slot, cells, [calls, failures]);
        return { all, some };
      }) as [Stretch, Stretch];
      if (!burns(long, short, rule, budget, settings.minEvents)) continue;
      const chance = learned
        ? unusual(learned, long, short, event !== undefined)
        : unlearned(long, budget);
      if (chance === undefined) continue;
      return signalOf(
        serving,
        rule,
        { long, short, budget, chance, learned, words: normal.words },
        view,
      );
    }
    return undefined;
  }
}

function burns(
  long: Stretch,
  short: Stretch,
  rule: BurnRule,
  budget: number,
  least: number,
): boolean {
  const limit = rule.factor * budget;
  return (
    long.all >= least &&
    long.some >= LEAST_LONG &&
    short.some >= LEAST_SHORT &&
    long.some >= limit * long.all &&
    short.some >= limit * short.all
  );
}

/** The chance of so many failures in the long window, where both are more than usual. */
function unusual(
  learned: LearnedShare,
  long: Stretch,
  short: Stretch,
  goesOn: boolean,
): number | undefined {
  const ratio = goesOn ? (1 + RATIO) / 2 : RATIO;
  if ([long, short].some(({ some, all }) => some < ratio * learned.share * all)) return undefined;
  const chance = BURN_RULES.length * shareChance(learned, long.some, long.all);
  return chance < (goesOn ? ONGOING_CHANCE : CHANCE) ? chance : undefined;
}

function unlearned({ some, all }: Stretch, budget: number): number | undefined {
  if (some < LEAST_UNLEARNED) return undefined;
  return shareChance(
    { calls: 0, some: 0, share: Math.min(0.5, budget), bursts: 1, hours: 0 },
    some,
    all,
  );
}

interface Burn {
  readonly long: Stretch;
  readonly short: Stretch;
  readonly budget: number;
  readonly chance: number;
  readonly learned: LearnedShare | undefined;
  readonly words: string;
}

function signalOf(
  serving: Serving,
  rule: BurnRule,
  burn: Burn,
  view: Situation<undefined>['view'],
): Signal {
  const { workload, worst, caller } = serving;
  const { long, short, budget, learned } = burn;
  const share = long.some / long.all;
  const [low, high] = wilsonInterval(long.some, long.all, LEVEL);
  const hours = `${rule.long / 3_600_000} h`;
  const from = caller === undefined ? '' : `, all called by ${caller}`;
  const against = learned
    ? `and against ${count(learned.some, learned.calls)} calls of the learned hours (${burn.words})`
    : `alone: nothing was learned of ${workload} yet`;
  return {
    rule: BURN_RATE.id,
    subject: {
      workload,
      ...(worst !== undefined && { operation: worst }),
      ...(caller !== undefined && { caller }),
    },
    severity: rule.severity,
    summary: `${workload} burns its error budget at ${times(share / budget)}: ${percent(share)} of its calls failed in ${hours} (${count(long.some, long.all)}), ${percent(short.some / short.all)} of the latest; mostly ${worst ?? 'all operations'}${from}`,
    since: view.slot.start,
    value: share,
    expected: learned?.share ?? budget,
    unit: 'ratio',
    interval: { low, high, level: LEVEL },
    chance: burn.chance,
    events: long.some,
    evidence: worst === undefined ? [] : view.shown(worst).failed.slice(0, 5),
    kfl: kflOf({ protocol: serving.protocol, callee: workload, caller, status: 'failed' }),
    checked: `${long.all} calls of ${hours} and ${short.all} of ${rule.short / 60_000} min against ${times(rule.factor)} a budget of ${percent(budget)}, ${against}`,
  };
}

export const burnRate: DetectorKind = {
  name: 'errors.burn-rate',
  rules: [BURN_RATE],
  create: (kept) => new BurnRate(kept),
};
