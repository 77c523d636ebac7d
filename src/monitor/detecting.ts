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

/** All detectors of a scope, with what they remember. */
export class Detecting {
  readonly #running: readonly Running[];

  constructor(kinds: readonly DetectorKind[], kept: Json | undefined) {
    const memories = (kept ?? {}) as { readonly [name: string]: Json };
    this.#running = kinds.map(({ name, create }) => ({
      name,
      detector: create(Object.hasOwn(memories, name) ? memories[name] : undefined),
    }));
  }

  read(slot: Slot): Readings {
    return { of: new Map(this.#running.map(({ name, detector }) => [name, detector.read(slot)])) };
  }

  observe({ of }: Readings, seen: SeenCall): void {
    for (const { name, detector } of this.#running) detector.observe?.(of.get(name), seen);
  }

  judge(judged: Judged, normal: Normal, settings: MonitorSettings): Signal[] {
    return this.#running.flatMap(({ name, detector }) => {
      const reader = judged.readings.of.get(name);
      return detector.judge({ view: judged.view, reader, normal, settings });
    });
  }

  learn({ view, readings }: Judged, normal: Normal, settings: MonitorSettings): void {
    for (const { name, detector } of this.#running) {
      detector.learn({ view, reader: readings.of.get(name), normal, settings });
    }
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
}

/** A slot that was read, with what each detector collected. */
export interface Judged {
  readonly view: SlotView;
  readonly readings: Readings;
}
