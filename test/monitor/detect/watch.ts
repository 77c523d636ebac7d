import type { Call } from '../../../src/calls/call.ts';
import type { FlowReading } from '../../../src/calls/flow.ts';
import { Detecting } from '../../../src/monitor/detecting.ts';
import type { DetectorKind } from '../../../src/monitor/detector.ts';
import { KnownNames } from '../../../src/monitor/learned/known-names.ts';
import { ORDINARY_DAY } from '../../../src/monitor/learned/level.ts';
import type { Normal } from '../../../src/monitor/learned/normal.ts';
import { OperationNaming } from '../../../src/monitor/measure/operation-naming.ts';
import { SlotReader } from '../../../src/monitor/measure/slot-reader.ts';
import { type MonitorSettings, USUAL_SETTINGS } from '../../../src/monitor/settings.ts';
import type { Signal } from '../../../src/monitor/signal.ts';
import { DAY_MS, FINAL_MS } from '../../../src/monitor/slot.ts';
import type { Json } from '../../../src/support/json.ts';

/** A Monday, 00:00 UTC. */
export const BEGIN = Date.UTC(2026, 5, 1);
export const MINUTE = 60_000;
const INTERVAL = 5 * MINUTE;

type ReadSlot = { readonly view: ReturnType<SlotReader['finish']> } & {
  readonly readings: ReturnType<Detecting['read']>;
};

/**
 * Detectors on slots of five minutes, or what is said, as the monitor runs them: each slot is judged,
 * and learned once it is final: with slots of five minutes, when the next one was judged. Of what is normal, only the names are learned.
 */
export class Watch {
  readonly #kinds: readonly DetectorKind[];
  readonly #settings: MonitorSettings;
  readonly #naming = new OperationNaming();
  readonly #names = { operation: new KnownNames(), callee: new KnownNames() };
  #detecting: Detecting;
  #since: number | undefined;
  readonly #interval: number;
  #pending: readonly ReadSlot[] = [];
  /** Begin of the next slot. */
  at: number;

  constructor(
    kinds: readonly DetectorKind[],
    {
      at = BEGIN,
      settings = {},
      interval = INTERVAL,
    }: { at?: number; settings?: Partial<MonitorSettings>; interval?: number } = {},
  ) {
    this.#interval = interval;
    this.#kinds = kinds;
    this.#settings = { ...USUAL_SETTINGS, ...settings };
    this.#detecting = new Detecting(kinds, undefined);
    this.at = at;
  }

  /** Judges a slot with these calls. */
  slot(calls: (start: number) => readonly Call[], flows?: FlowReading): Signal[] {
    const slot = { start: this.at, end: this.at + this.#interval - 1 };
    this.at += this.#interval;
    const readings = this.#detecting.read(slot);
    const reader = new SlotReader(slot, this.#naming, {
      onCall: (seen) => this.#detecting.observe(readings, seen),
    });
    for (const call of calls(slot.start).toSorted((a, b) => a.ts - b.ts)) {
      reader.push({ kind: 'call', call });
    }
    const read = { view: reader.finish({ flows, problems: [] }), readings };
    const signals = this.#detecting.judge(read, this.#known());
    const lag = Math.ceil(FINAL_MS / this.#interval);
    if (this.#pending.length >= lag) this.#learn(this.#pending[0] as ReadSlot);
    this.#pending = [...this.#pending, read].slice(-lag);
    return signals;
  }

  /** Slots, one after another: what each signalled. */
  slots(count: number, calls: (start: number, i: number) => readonly Call[]): Signal[][] {
    return Array.from({ length: count }, (_, i) => this.slot((start) => calls(start, i)));
  }

  /** A day and an hour of such slots, every `step`th of them with calls; none of them counts. */
  learnDay(calls: (start: number, i: number) => readonly Call[], step = 1): Signal[][] {
    const count = DAY_MS / this.#interval + 12;
    return this.slots(count, (start, i) => (i % step === 0 ? calls(start, i) : []));
  }

  /** Goes on as a process that was started anew. */
  restart(): void {
    const kept = JSON.parse(JSON.stringify(this.#detecting.toJSON())) as Json;
    this.#detecting = new Detecting(this.#kinds, kept);
  }

  /** Another that has learned the same. */
  twin(): Watch {
    const twin = new Watch(this.#kinds, {
      at: this.at,
      settings: this.#settings,
      interval: this.#interval,
    });
    const kept = JSON.parse(this.memory()) as Json;
    twin.#detecting = new Detecting(this.#kinds, kept);
    twin.#since = this.#since;
    twin.#names.operation = KnownNames.fromJSON(this.#names.operation.toJSON());
    twin.#names.callee = KnownNames.fromJSON(this.#names.callee.toJSON());
    twin.#pending = this.#pending;
    return twin;
  }

  memory(): string {
    return JSON.stringify(this.#detecting.toJSON());
  }

  #learn(read: ReadSlot): void {
    const { slot, operations } = read.view;
    this.#detecting.learn(read, this.#known());
    this.#since ??= slot.start;
    for (const [operation, { name }] of operations) {
      this.#names.operation.add(operation, slot.start, slot.end);
      this.#names.callee.add(name.workload, slot.start, slot.end);
    }
  }

  #known() {
    return { normal: this.#normal(), settings: this.#settings, rollouts: () => [] };
  }

  #normal(): Normal {
    const since = this.#since;
    return {
      days: since === undefined ? 0 : Math.min(7, (this.at - since) / DAY_MS),
      words: 'as a test says',
      familiar: true,
      quietness: ORDINARY_DAY,
      since,
      usual: () => undefined,
      recent: () => [],
      edge: () => undefined,
      callee: (workload) => this.#names.callee.get(workload),
      operation: (operation) => this.#names.operation.get(operation),
    };
  }
}

/** Moments within a slot, evenly. */
export function times(start: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, i) => start + Math.floor(((i + 0.5) * INTERVAL) / count),
  );
}
