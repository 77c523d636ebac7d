import { byCodeUnit, type Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { subjectKey } from '../../subject.ts';
import { type FlowDelta, FlowDeltas, flowName } from './flow-deltas.ts';
import { moreResets, moreRetransmissions, slowHandshake } from './flow-health.ts';
import { RecentSums } from './recent-sums.ts';
import { HANDSHAKE, RESETS, RETRANSMISSIONS } from './rules.ts';

const KEEP = 0.998;
const ALL = 'all';
const JUDGES = [slowHandshake, moreResets, moreRetransmissions] as const;

/** The health of the network between workloads, as far as the Hub tells it. */
class FlowHealth implements Detector<undefined> {
  readonly #deltas = new FlowDeltas();
  /** `[falls, readings]` */
  readonly #readings = new RecentSums(KEEP);
  readonly #learning = { handshakes: new RecentSums(KEEP), counts: new RecentSums(KEEP) };

  constructor(kept: Json | undefined) {
    const { deltas, readings, handshakes, counts } = (kept ?? {}) as {
      readonly [key: string]: Json;
    };
    this.#deltas.restore(deltas);
    this.#readings.restore(readings);
    this.#learning.handshakes.restore(handshakes);
    this.#learning.counts.restore(counts);
  }

  read(): undefined {}

  judge(situation: Situation<undefined>): readonly Signal[] {
    const signals = new Map<string, Signal>();
    for (const delta of this.#deltasOf(situation)) {
      for (const judge of JUDGES) {
        const signal = judge(delta, this.#learning, situation);
        const name = signal && `${signal.rule} ${subjectKey(signal.subject)}`;
        // Several ports of one edge are one subject: the least likely speaks.
        if (signal && name && signal.chance <= (signals.get(name)?.chance ?? 1)) {
          signals.set(name, signal);
        }
      }
    }
    return [...signals].sort((a, b) => byCodeUnit(a[0], b[0])).map(([, signal]) => signal);
  }

  learn(situation: Situation<undefined>): void {
    const raised = new Set(this.judge(situation).map(({ subject }) => subjectKey(subject)));
    const { handshakes, counts } = this.#learning;
    for (const { flow, connections, resets, packets, retransmissions } of this.#deltasOf(
      situation,
    )) {
      const name = flowName(flow);
      // What is unusual is not learned as usual.
      if (raised.has(subjectKey({ workload: flow.server, caller: flow.client }))) continue;
      const micros = flow.handshakeP50 ?? flow.handshakeP99 ?? 0;
      if (micros > 0) handshakes.add(name, [1, Math.log(micros), Math.log(micros) ** 2]);
      counts.add(name, [1, connections, resets ?? 0, packets, retransmissions ?? 0]);
    }
    for (const flow of situation.view.flows?.flows ?? []) {
      const fell = this.#deltas.take(flow);
      if (fell !== undefined) this.#readings.add(ALL, [fell ? 1 : 0, 1]);
    }
  }

  remembers(): Json {
    return {
      deltas: this.#deltas.toJSON(),
      readings: this.#readings.toJSON(),
      handshakes: this.#learning.handshakes.toJSON(),
      counts: this.#learning.counts.toJSON(),
    };
  }

  #deltasOf({ view }: Situation<undefined>): FlowDelta[] {
    const readings = this.#readings.get(ALL) ?? [];
    return (view.flows?.flows ?? []).flatMap((flow) => this.#deltas.of(flow, readings) ?? []);
  }
}

export const flowHealth: DetectorKind = {
  name: 'network.flows',
  rules: [HANDSHAKE, RESETS, RETRANSMISSIONS],
  create: (kept) => new FlowHealth(kept),
};
