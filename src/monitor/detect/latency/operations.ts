import type { Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { noteSignals, oneAWorkload } from '../one-a-workload.ts';
import { latencyBaseline } from './baseline.ts';
import { degraded } from './degraded.ts';
import { courseOf } from './half-hours.ts';
import { leaking } from './leak.ts';
import { aboveLatencyLimit } from './limit.ts';
import { LatencyMemory, residualOf } from './memory.ts';
import { DEGRADED, LATENCY_LIMIT, LEAK } from './rules.ts';

/**
 * Latencies by operation. One event has one rule: what began as a leak stays one however slow it
 * gets, and a step that lasts is no leak.
 */
class OperationLatencies implements Detector<undefined> {
  readonly #memory: LatencyMemory;

  constructor(kept: Json | undefined) {
    this.#memory = new LatencyMemory(kept);
  }

  read(): undefined {}

  judge(situation: Situation<undefined>): readonly Signal[] {
    return [...this.#raised(situation), ...this.#limited(situation)];
  }

  learn(situation: Situation<undefined>): void {
    const { slot } = situation.view;
    noteSignals(this.#raised(situation), this.#memory.ongoing, slot);
    noteSignals(this.#limited(situation), this.#memory.limited, slot);
    this.#memory.learn(situation);
  }

  remembers(): Json {
    return this.#memory.toJSON();
  }

  #raised(situation: Situation<undefined>): readonly Signal[] {
    const memory = this.#memory;
    const { slot, operations } = situation.view;
    const leaks: Signal[] = [];
    const steps: Signal[] = [];
    for (const measure of operations.values()) {
      const { operation, workload } = measure.name;
      const began = memory.ongoing.get(workload, slot)?.since;
      const baseline = latencyBaseline(situation.normal, operation, began);
      if (baseline === undefined || measure.latency.count === 0) continue;
      const course = courseOf(memory, operation, slot, residualOf(measure, baseline));
      const leak = leaking(situation, memory, measure, baseline, course);
      const step = degraded(situation, memory, measure, baseline, course.gradual);
      if (leak) leaks.push(leak);
      if (step) steps.push(step);
    }
    const leakers = new Set(leaks.map(({ subject }) => subject.workload));
    const speaks = ({ subject: { workload }, rule }: Signal) => {
      const before = memory.ongoing.get(workload, slot)?.rule;
      return rule === (before ?? (leakers.has(workload) ? LEAK.id : rule));
    };
    return oneAWorkload([...leaks, ...steps].filter(speaks), memory.ongoing, slot);
  }

  #limited(situation: Situation<undefined>): readonly Signal[] {
    const signals = [...situation.view.operations.values()].flatMap(
      (measure) => aboveLatencyLimit(situation, this.#memory, measure) ?? [],
    );
    return oneAWorkload(signals, this.#memory.limited, situation.view.slot);
  }
}

export const operationLatencies: DetectorKind = {
  name: 'latency.operations',
  rules: [DEGRADED, LEAK, LATENCY_LIMIT],
  create: (kept) => new OperationLatencies(kept),
};
