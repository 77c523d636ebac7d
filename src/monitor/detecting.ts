import type { Json } from '../support/json.ts';
import type { Detector, DetectorKind, SeenCall } from './detector.ts';
import type { Normal } from './learned/normal.ts';
import type { SlotView } from './measure/slot-view.ts';
import type { MonitorSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import type { Slot } from './slot.ts';

interface Running {
  readonly name: string;
  readonly detector: Detector;
}

/** What all detectors collected of one slot. */
export interface Readings {
  readonly of: ReadonlyMap<string, unknown>;
}

/**
 * All detectors of a scope, with what they remember. One that fails is a defect, and must not blind the
 * others: it is left out of the slot, and told.
 */
export class Detecting {
  readonly #running: readonly Running[];
  /** What failed since the last slot was begun, by the detector's name. */
  readonly #failures = new Map<string, string>();

  constructor(kinds: readonly DetectorKind[], kept: Json | undefined) {
    const memories = (kept ?? {}) as { readonly [name: string]: Json };
    this.#running = kinds.map(({ name, create }) => ({
      name,
      detector: create(Object.hasOwn(memories, name) ? memories[name] : undefined),
    }));
  }

  get failures(): ReadonlyMap<string, string> {
    return this.#failures;
  }

  read(slot: Slot): Readings {
    this.#failures.clear();
    return { of: new Map(this.#running.map(({ name, detector }) => [name, detector.read(slot)])) };
  }

  observe({ of }: Readings, seen: SeenCall): void {
    for (const { name, detector } of this.#running) {
      if (this.#failures.size > 0 && this.#failures.has(name)) continue;
      try {
        detector.observe?.(of.get(name), seen);
      } catch (error) {
        this.#note(name, error);
      }
    }
  }

  judge({ view, readings }: Judged, normal: Normal, settings: MonitorSettings): Signal[] {
    const signals: Signal[] = [];
    this.#each(({ name, detector }) => {
      const reader = readings.of.get(name);
      signals.push(...detector.judge({ view, reader, normal, settings }));
    });
    return signals;
  }

  learn({ view, readings }: Judged, normal: Normal, settings: MonitorSettings): void {
    this.#each(({ name, detector }) =>
      detector.learn({ view, reader: readings.of.get(name), normal, settings }),
    );
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

  #each(work: (running: Running) => void): void {
    for (const running of this.#running) {
      try {
        work(running);
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
