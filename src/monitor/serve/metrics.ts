import type { Registry } from 'prom-client';
import type { SinkCounts } from '../alerts/outbox.ts';
import type { JudgedSlot, SlotListener } from '../slot-listener.ts';
import type { Answer } from './answer.ts';
import { type Instruments, instrumentsOf } from './instruments.ts';
import { KeptLabels, OTHER } from './kept-labels.ts';
import { workloadMeasures } from './workload-measures.ts';

/** Workloads told apart at most, all scopes together; the rest is `other`. */
const MAX_WORKLOADS = 500;

/** What `/metrics` answers: what was measured of the traffic, and how the monitor itself is. */
export class MonitorMetrics implements SlotListener {
  readonly #registry: Registry;
  readonly #instruments: Instruments;
  readonly #now: () => number;
  readonly #workloads = new KeptLabels(MAX_WORKLOADS);
  /** By scope: since when the Hub could not be asked. */
  readonly #blind = new Map<string, number | undefined>();
  /** By scope and workload: what the last slot showed. */
  readonly #latencies = new Map<string, Map<string, number>>();
  readonly #firing = new Map<string, JudgedSlot['firing']>();
  readonly #outboxes = new Map<string, ReadonlyMap<string, SinkCounts>>();

  private constructor(registry: Registry, instruments: Instruments, now: () => number) {
    this.#registry = registry;
    this.#instruments = instruments;
    this.#now = now;
  }

  /** The client library is loaded here. `now` in Unix ms. */
  static async open(now: () => number): Promise<MonitorMetrics> {
    const client = await import('prom-client');
    const registry = new client.Registry();
    client.collectDefaultMetrics({ register: registry });
    return new MonitorMetrics(registry, instrumentsOf(client, registry), now);
  }

  slot({ scope, view, firing, normal, lag }: JudgedSlot): void {
    const { calls, failures, slots, lag: lags, learned } = this.#instruments;
    const latencies = new Map<string, number>();
    for (const measure of workloadMeasures(view)) {
      const workload = this.#workloads.of(measure.workload);
      calls.inc({ scope, workload }, measure.calls);
      failures.inc({ scope, workload }, measure.failures);
      if (workload !== OTHER && measure.latency.count > 0) {
        latencies.set(workload, measure.latency.quantile(0.95) / 1_000);
      }
    }
    this.#latencies.set(scope, latencies);
    this.#firing.set(scope, firing);
    if (!this.#blind.has(scope)) this.#blind.set(scope, undefined);
    slots.inc({ scope });
    lags.set({ scope }, lag / 1_000);
    learned.set({ scope }, normal.days / 7);
  }

  blind(scope: string, state: { readonly since: number } | undefined): void {
    this.#blind.set(scope, state?.since);
  }

  round(scope: string, outbox: ReadonlyMap<string, SinkCounts>): void {
    this.#outboxes.set(scope, outbox);
  }

  /** The route of `/metrics`. */
  async answer(): Promise<Answer> {
    this.#settle();
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  /** Sets what is true of now alone; what is no more is told no more. */
  #settle(): void {
    const { p95, firing, pending, failing, messages, blind } = this.#instruments;
    for (const one of [p95, firing, pending, failing, messages, blind]) one.reset();
    const secondsSince = (since: number | undefined) =>
      since === undefined ? 0 : (this.#now() - since) / 1_000;
    for (const [scope, latencies] of this.#latencies) {
      for (const [workload, seconds] of latencies) p95.set({ scope, workload }, seconds);
    }
    for (const [scope, alerts] of this.#firing) {
      for (const { rule, severity } of alerts) firing.inc({ scope, rule, severity });
    }
    for (const [scope, outbox] of this.#outboxes) {
      for (const [sink, { pending: waiting, failing: trouble, ...outcomes }] of outbox) {
        pending.set({ scope, sink }, waiting);
        failing.set({ scope, sink }, secondsSince(trouble?.since));
        for (const [outcome, count] of Object.entries(outcomes)) {
          messages.inc({ scope, sink, outcome }, count);
        }
      }
    }
    for (const [scope, since] of this.#blind) {
      blind.set({ scope }, secondsSince(since));
    }
  }
}
