import type { Json } from '../support/json.ts';
import type { Detector, DetectorKind, Known, SeenCall } from './detector.ts';
import type { SlotView } from './measure/slot-view.ts';
import type { Signal } from './signal.ts';
import type { Slot } from './slot.ts';

interface Running {
  readonly name: string;
  readonly detector: Detector;
}

/** What each detector collected of one slot; one that failed meanwhile has no part in it any more. */
export interface Readings {
  readonly of: Map<string, unknown>;
}

/**
 * All detectors of a scope, with what they remember. One that fails is a defect, and must not blind the
 * others: it is left out of the slot, and told.
 */
export class Detecting {
  readonly #running: readonly Running[];
  /** What failed and is not told yet, by the detector's name. */
  #failures = new Map<string, string>();

  constructor(kinds: readonly DetectorKind[], kept: Json | undefined) {
    const memories = (kept ?? {}) as { readonly [name: string]: Json };
    this.#running = kinds.map(({ name, create }) => ({
      name,
      detector: create(Object.hasOwn(memories, name) ? memories[name] : undefined),
    }));
  }

  /** What failed since this was asked the last time, by the detector's name. */
  takeFailures(): ReadonlyMap<string, string> {
    const failures = this.#failures;
    this.#failures = new Map();
    return failures;
  }

  read(slot: Slot): Readings {
    return { of: new Map(this.#running.map(({ name, detector }) => [name, detector.read(slot)])) };
  }

  observe({ of }: Readings, seen: SeenCall): void {
    for (const { name, detector } of this.#running) {
      const reader = of.get(name);
      if (reader === undefined && !of.has(name)) continue;
      try {
        detector.observe?.(reader, seen);
      } catch (error) {
        of.delete(name);
        this.#note(name, error);
      }
    }
  }

  judge({ view, readings }: Judged, known: Known): Signal[] {
    const signals: Signal[] = [];
    this.#each(readings, ({ detector }, reader) => {
      signals.push(...detector.judge({ view, reader, ...known }));
    });
    return signals;
  }

  learn({ view, readings }: Judged, known: Known): void {
    this.#each(readings, ({ detector }, reader) => detector.learn({ view, reader, ...known }));
  }

  /** What each remembers, by name. */
  toJSON(): Json {
    return Object.fromEntries(
      this.#running.flatMap(({ name, detector }) => {
        const memory = detector.remembers();
        return memory === undefined ? [] : [[name, memory]];
      }),
    );
  }

  #each({ of }: Readings, work: (running: Running, reader: unknown) => void): void {
    for (const running of this.#running) {
      if (!of.has(running.name)) continue;
      try {
        work(running, of.get(running.name));
      } catch (error) {
        this.#note(running.name, error);
      }
    }
  }

  #note(name: string, error: unknown): void {
    this.#failures.set(name, error instanceof Error ? error.message : String(error));
  }
}

/** A slot that was read, with what each detector collected. */
export interface Judged {
  readonly view: SlotView;
  readonly readings: Readings;
}
