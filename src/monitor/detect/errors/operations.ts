import type { Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { noteSignals, oneAWorkload } from '../one-a-workload.ts';
import { Ongoing } from '../ongoing.ts';
import { aboveLimit } from './limit.ts';
import { IN_BODIES, LIMIT, REJECTIONS, SHARE } from './rules.ts';
import { raisedFailures, raisedInBodies, raisedRejections } from './share.ts';
import { newTallies, sufferersOf, tallyOf } from './suffering.ts';

const RULES = [SHARE, REJECTIONS, IN_BODIES, LIMIT] as const;
const JUDGES = {
  [SHARE.id]: raisedFailures,
  [REJECTIONS.id]: raisedRejections,
  [IN_BODIES.id]: raisedInBodies,
  [LIMIT.id]: aboveLimit,
} as const;

/** Shares of failed and of rejected calls, by operation and by its callers, and of what bodies tell. */
class OperationErrors implements Detector<undefined> {
  readonly #tallies = newTallies();
  readonly #ongoing = new Map(RULES.map(({ id }) => [id, new Ongoing()]));

  constructor(kept: Json | undefined) {
    const { tallies, ongoing } = (kept ?? {}) as { readonly [key: string]: Json };
    this.#tallies.restore(tallies);
    for (const [id, events] of this.#ongoing) {
      events.restore(((ongoing ?? {}) as { readonly [key: string]: Json })[id]);
    }
  }

  read(): undefined {}

  judge(situation: Situation<undefined>): readonly Signal[] {
    return RULES.flatMap(({ id }) => this.#judge(id, situation));
  }

  learn(situation: Situation<undefined>): void {
    const { slot, operations } = situation.view;
    for (const [id, events] of this.#ongoing) {
      noteSignals(this.#judge(id, situation), events, slot);
    }
    for (const measure of operations.values()) {
      for (const { name, caller } of sufferersOf(measure)) {
        this.#tallies.add(name, slot, tallyOf(measure, caller));
      }
    }
    this.#tallies.forget(slot);
  }

  remembers(): Json {
    return {
      tallies: this.#tallies.toJSON(),
      ongoing: Object.fromEntries([...this.#ongoing].map(([id, events]) => [id, events.toJSON()])),
    };
  }

  #judge(id: string, situation: Situation<undefined>): readonly Signal[] {
    const events = this.#ongoing.get(id) as Ongoing;
    const signals = (JUDGES[id] as typeof raisedFailures)(situation, this.#tallies, events);
    return oneAWorkload(signals, events, situation.view.slot);
  }
}

export const operationErrors: DetectorKind = {
  name: 'errors.operations',
  rules: RULES,
  create: (kept) => new OperationErrors(kept),
};
