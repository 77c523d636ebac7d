import { betaBinomialTail } from '../../../compare/stats/beta-binomial.ts';
import { count, percent, times } from '../../../compare/words.ts';
import { byCodeUnit, type Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { kflOf } from '../kfl.ts';
import { Variation } from '../variation.ts';
import { RecentSums } from './recent-sums.ts';
import { CHURN } from './rules.ts';

const MAX_EDGES = 2_000;
const MAX_CONNECTIONS = 20_000;
/** About four days of slots; the fullest slot fades within half of one. */
const KEEP = 0.999;
const FADE = 0.995;
const LEAST_SLOTS = 100;
const RATIO = 2.5;
const MOST = 2;
const CHANCE = 1e-7;
/** Intraclass correlation of 'opens a connection' within a slot, before any was seen. */
const CORRELATION = 0.02;

/** Calls of an edge in a slot, and the connections that they came on. */
interface Used {
  readonly caller: string;
  readonly callee: string;
  readonly protocol: string;
  calls: number;
  readonly connections: Set<string>;
}
type Edges = Map<string, Used>;

/** Connections for the calls that are made. */
class Churn implements Detector<Edges> {
  /** `[slots, calls, connections]` */
  readonly #usual = new RecentSums(KEEP);
  /** `[most connections of a slot]` */
  readonly #most = new RecentSums(0);
  readonly #correlation = new Variation(CORRELATION, 20, KEEP);

  constructor(kept: Json | undefined) {
    const { usual, most, correlation } = (kept ?? {}) as { readonly [key: string]: Json };
    this.#usual.restore(usual);
    this.#most.restore(most);
    this.#correlation.restore(correlation);
  }

  read(): Edges {
    return new Map();
  }

  observe(edges: Edges, { call }: SeenCall): void {
    if (call.connection === undefined) return;
    const [caller, callee] = [call.src.workload.name, call.dst.workload.name];
    const name = JSON.stringify([caller, callee]);
    let used = edges.get(name);
    if (used === undefined) {
      if (edges.size >= MAX_EDGES) return;
      used = { caller, callee, protocol: call.protocol, calls: 0, connections: new Set() };
      edges.set(name, used);
    }
    used.calls++;
    if (used.connections.size < MAX_CONNECTIONS) used.connections.add(call.connection);
  }

  judge({ reader, view, settings, normal }: Situation<Edges>): readonly Signal[] {
    return sorted(reader).flatMap(([name, { caller, callee, protocol, calls, connections }]) => {
      const [slots = 0, usualCalls = 0, usualOpened = 0] = this.#usual.get(name) ?? [];
      const opened = connections.size;
      if (slots < LEAST_SLOTS || calls < settings.minEvents || usualCalls === 0) return [];
      const usual = Math.min(0.999, (usualOpened + 0.5) / (usualCalls + 1));
      const share = opened / calls;
      const [most = 0] = this.#most.get(name) ?? [];
      if (share < RATIO * usual || opened < MOST * most) return [];
      const a = usual * (1 / this.#correlation.of(name) - 1);
      const chance = betaBinomialTail(opened, calls, a, (a * (1 - usual)) / usual);
      if (chance >= CHANCE) return [];
      return [
        {
          rule: CHURN.id,
          subject: { workload: caller, detail: callee },
          summary: `${caller} opens ${times(share / usual)} as many connections to ${callee} for its calls as usual: ${count(opened, calls)} calls came on one of their own, ${percent(usual)} usually`,
          since: view.slot.start,
          value: share,
          expected: usual,
          unit: 'connections a call',
          chance,
          events: opened,
          evidence: [],
          kfl: kflOf({ protocol, caller, callee }),
          checked: `${calls} calls of the slot against ${Math.round(usualCalls)} of about ${Math.round(slots)} slots (${normal.words}); ${Math.round(most)} connections were the most in a slot of late`,
        },
      ];
    });
  }

  learn(situation: Situation<Edges>): void {
    const raised = new Set(
      this.judge(situation).map(({ subject }) =>
        JSON.stringify([subject.workload, subject.detail]),
      ),
    );
    for (const [name, { calls, connections }] of sorted(situation.reader)) {
      if (raised.has(name)) continue;
      const opened = connections.size;
      const [, before = 0, openedBefore = 0] = this.#usual.get(name) ?? [];
      if (before > 0 && calls > 1) {
        const share = Math.min(0.99, (openedBefore + 0.5) / (before + 1));
        const excess = (opened - calls * share) ** 2 / (share * (1 - share)) - calls;
        this.#correlation.learn(name, excess / (calls * (calls - 1)), calls / (calls + 50));
      }
      this.#usual.add(name, [1, calls, opened]);
      this.#most.add(name, [Math.max(opened, FADE * (this.#most.get(name)?.[0] ?? 0))]);
    }
  }

  remembers(): Json {
    return {
      usual: this.#usual.toJSON(),
      most: this.#most.toJSON(),
      correlation: this.#correlation.toJSON(),
    };
  }
}

function sorted(edges: Edges): [string, Used][] {
  return [...edges].sort((a, b) => byCodeUnit(a[0], b[0]));
}

export const connectionChurn: DetectorKind = {
  name: 'network.churn',
  rules: [CHURN],
  create: (kept) => new Churn(kept) as Detector,
};
