import { iso } from '../../support/quantity.ts';
import type { JudgedSlot, SlotListener } from '../slot-listener.ts';
import { FlowMeter } from './flow-meter.ts';
import { PeriodMeasure } from './period-measure.ts';
import type { Summary } from './summary.ts';
import { summaryOf } from './summary-of.ts';

const MAX_BLIND = 20;

interface Blindness {
  readonly since: string;
  readonly reason: string;
}

interface ScopeState {
  /** Start of the last slot that was counted. */
  counted: number;
  period: PeriodMeasure | undefined;
  readonly flows: FlowMeter;
  blind: Blindness[];
  /** Still blind now: it is told in the next period too. */
  now: Blindness | undefined;
}

/**
 * Tells what each scope did in each period of traffic time (ms, aligned on the epoch): when the last
 * slot of a period was judged, or the first one after it. With an infinite period, `end` alone tells.
 */
export class SummaryListener implements SlotListener {
  readonly #period: number;
  readonly #tell: (summary: Summary) => void;
  readonly #scopes = new Map<string, ScopeState>();

  constructor(period: number, tell: (summary: Summary) => void) {
    this.#period = period;
    this.#tell = tell;
  }

  slot(told: JudgedSlot): void {
    const state = this.#stateOf(told.scope);
    const { slot, flows } = told.view;
    const [start, end] = this.#boundsOf(slot.start);
    // Told again: it is counted already.
    if (slot.start <= state.counted) return;
    if (state.counted < start) this.#close(state);
    state.counted = slot.start;
    state.period ??= new PeriodMeasure(told);
    state.period.add(told);
    if (flows) state.flows.read(flows);
    if (slot.end + 1 >= end) this.#close(state);
  }

  blind(scope: string, state: Parameters<NonNullable<SlotListener['blind']>>[1]): void {
    const known = this.#stateOf(scope);
    known.now = state && { since: iso(state.since), reason: state.reason };
    if (!known.now) return;
    const told = known.now;
    known.blind = known.blind.filter(({ since }) => since !== told.since);
    if (known.blind.length < MAX_BLIND) known.blind.push(told);
  }

  /** Tells of what has come since the last whole period: nothing follows. */
  end(): void {
    for (const state of this.#scopes.values()) this.#close(state);
  }

  #close(state: ScopeState): void {
    const { period, flows, blind } = state;
    if (!period) return;
    const { slot } = period.last.view;
    const [start, end] = this.#boundsOf(slot.start);
    state.period = undefined;
    state.blind = state.now ? [state.now] : [];
    this.#tell(
      summaryOf(period, flows.take(), blind, {
        start: Number.isFinite(start) ? start : period.start,
        end: Number.isFinite(end) ? end : slot.end + 1,
      }),
    );
  }

  #boundsOf(ts: number): readonly [start: number, end: number] {
    if (!Number.isFinite(this.#period)) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const start = Math.floor(ts / this.#period) * this.#period;
    return [start, start + this.#period];
  }

  #stateOf(scope: string): ScopeState {
    let state = this.#scopes.get(scope);
    if (!state) {
      state = {
        counted: Number.NEGATIVE_INFINITY,
        period: undefined,
        flows: new FlowMeter(),
        blind: [],
        now: undefined,
      };
      this.#scopes.set(scope, state);
    }
    return state;
  }
}
