import type { Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import type { Slot } from '../../slot.ts';
import { noteSignals, oneAWorkload } from '../one-a-workload.ts';
import { learnFanOuts, raisedFanOuts } from './fan-out.ts';
import { Outlook } from './outlook.ts';
import { RateMemory } from './rate-memory.ts';
import { FAN_OUT, SILENCE, VANISHED_EDGE, VOLUME } from './rules.ts';
import { silent } from './silence.ts';
import { ratedOf } from './tally.ts';
import { vanishedEdges } from './vanished-edge.ts';
import { changedVolume } from './volume.ts';

/** How often workloads are called, by whom, and how often they call. What one rule tells no other does. */
class Rates implements Detector<undefined> {
  readonly #memory: RateMemory;

  constructor(kept: Json | undefined) {
    this.#memory = new RateMemory(kept);
  }

  read(): undefined {}

  judge(situation: Situation<undefined>): readonly Signal[] {
    const outlook = new Outlook(situation, this.#memory);
    return this.#judge(situation, outlook, this.#fanOuts(situation, outlook));
  }

  learn(situation: Situation<undefined>): void {
    const memory = this.#memory;
    const outlook = new Outlook(situation, memory);
    const { slot } = situation.view;
    const growing = this.#fanOuts(situation, outlook);
    if (this.#judge(situation, outlook, growing).length > 0) this.#noteEvent(outlook, slot);
    noteSignals(growing, memory.growing, slot);
    learnFanOuts(situation, outlook, memory);
    if (situation.view.problems.length === 0) memory.levels.learn(situation, outlook);
    memory.learn(situation);
  }

  remembers(): Json {
    return this.#memory.toJSON();
  }

  #judge(
    situation: Situation<undefined>,
    outlook: Outlook,
    fanOuts: readonly Signal[],
  ): readonly Signal[] {
    const silences = silent(situation, outlook);
    const quiet = new Set(
      silences.flatMap(({ signal, workloads }) => [signal.subject.workload, ...workloads]),
    );
    const vanished = vanishedEdges(situation, outlook, quiet);
    const told = new Set(quiet);
    for (const { subject } of vanished) told.add(subject.workload);
    for (const { subject } of fanOuts)
      for (const name of this.#calleesOf(situation, subject.detail)) told.add(name);
    const signals = silences.map(({ signal }) => signal);
    return [...signals, ...changedVolume(situation, outlook, told), ...vanished, ...fanOuts];
  }

  /** What is far from usual while something is told must not become usual by it. */
  #noteEvent(outlook: Outlook, slot: Slot): void {
    for (const name of outlook.rates.keys()) {
      const what = ratedOf(name);
      if (what.kind !== 'made' && outlook.isFar(what)) this.#memory.waiting.noteEvent(name, slot);
    }
  }

  #fanOuts(situation: Situation<undefined>, outlook: Outlook): readonly Signal[] {
    const signals = raisedFanOuts(situation, outlook, this.#memory);
    return oneAWorkload(signals, this.#memory.growing, situation.view.slot);
  }

  #calleesOf({ view }: Situation<undefined>, operation: string | undefined): string[] {
    const workload = view.operations.get(operation ?? '')?.name.workload;
    return workload === undefined ? [] : [workload];
  }
}

export const rates: DetectorKind = {
  name: 'traffic.rates',
  rules: [SILENCE, VOLUME, VANISHED_EDGE, FAN_OUT],
  create: (kept) => new Rates(kept),
};
