import type { Counter, Gauge, Registry } from 'prom-client';

/** Every metric of a monitor, as Prometheus names and documents them. */
export interface Instruments {
  readonly calls: Counter<'scope' | 'workload'>;
  readonly failures: Counter<'scope' | 'workload'>;
  readonly p95: Gauge<'scope' | 'workload'>;
  readonly slots: Counter<'scope'>;
  readonly lag: Gauge<'scope'>;
  readonly learned: Gauge<'scope'>;
  readonly firing: Gauge<'scope' | 'rule' | 'severity'>;
  readonly pending: Gauge<'scope' | 'sink'>;
  readonly failing: Gauge<'scope' | 'sink'>;
  readonly messages: Counter<'scope' | 'sink' | 'outcome'>;
  readonly blind: Gauge<'scope'>;
}

export function instrumentsOf(
  { Counter, Gauge }: typeof import('prom-client'),
  registry: Registry,
): Instruments {
  const registers = [registry];
  const served = ['scope', 'workload'] as const;
  return {
    calls: new Counter({
      name: 'wireproof_calls_total',
      help: 'Calls that workloads served.',
      labelNames: served,
      registers,
    }),
    failures: new Counter({
      name: 'wireproof_call_failures_total',
      help: "Calls that failed by the server's fault, or were never answered.",
      labelNames: served,
      registers,
    }),
    p95: new Gauge({
      name: 'wireproof_latency_p95_seconds',
      help: 'P95 of the calls of the last slot that did not fail.',
      labelNames: served,
      registers,
    }),
    slots: new Counter({
      name: 'wireproof_slots_judged_total',
      help: 'Intervals that were judged.',
      labelNames: ['scope'],
      registers,
    }),
    lag: new Gauge({
      name: 'wireproof_lag_seconds',
      help: 'Time between the end of the last slot and its judgement.',
      labelNames: ['scope'],
      registers,
    }),
    learned: new Gauge({
      name: 'wireproof_learned_ratio',
      help: 'Share of the hours of the week that were learned, 0 to 1.',
      labelNames: ['scope'],
      registers,
    }),
    firing: new Gauge({
      name: 'wireproof_alerts_firing',
      help: 'Alerts that fire.',
      labelNames: ['scope', 'rule', 'severity'],
      registers,
    }),
    pending: new Gauge({
      name: 'wireproof_outbox_pending',
      help: 'Messages that a sink has not taken yet.',
      labelNames: ['scope', 'sink'],
      registers,
    }),
    failing: new Gauge({
      name: 'wireproof_outbox_failing_seconds',
      help: 'Since when a sink takes nothing; 0 while it does.',
      labelNames: ['scope', 'sink'],
      registers,
    }),
    messages: new Counter({
      name: 'wireproof_outbox_messages_total',
      help: 'Messages that a sink took, refused for good, or that were dropped for want of room.',
      labelNames: ['scope', 'sink', 'outcome'],
      registers,
    }),
    blind: new Gauge({
      name: 'wireproof_hub_blind_seconds',
      help: 'Since when the Hub could not be asked; 0 where it answers.',
      labelNames: ['scope'],
      registers,
    }),
  };
}
