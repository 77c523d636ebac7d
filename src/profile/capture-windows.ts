import type { Json } from '../support/json.ts';
import { integer, list } from './schema/json-read.ts';

const MAX_WINDOWS = 32;

/** Unix ms, both ends included. */
export interface CaptureWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * The windows of time that were asked for: a silence inside one is a hole, between two it is none.
 * More than MAX_WINDOWS are as good as none, for good. Mergeable.
 */
export class CaptureWindows {
  #windows: Map<string, CaptureWindow> | undefined = new Map();

  /** By start, then end; none when there are too many or nobody said. */
  get known(): readonly CaptureWindow[] {
    return [...(this.#windows?.values() ?? [])].sort((a, b) => a.start - b.start || a.end - b.end);
  }

  add({ start, end }: CaptureWindow): void {
    if (!this.#windows) return;
    const window = { start: Math.floor(start), end: Math.ceil(end) };
    this.#windows.set(`${window.start} ${window.end}`, window);
    if (this.#windows.size > MAX_WINDOWS) this.#windows = undefined;
  }

  merge(other: CaptureWindows): void {
    if (!other.#windows) this.#windows = undefined;
    for (const window of other.known) this.add(window);
  }

  toJSON(): Json {
    return this.#windows ? this.known.map(({ start, end }) => [start, end]) : null;
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): CaptureWindows {
    const windows = new CaptureWindows();
    if (json === null) windows.#windows = undefined;
    else {
      for (const entry of list(json, MAX_WINDOWS)) {
        const [start, end] = list(entry, 2);
        windows.add({ start: integer(start), end: integer(end) });
      }
    }
    return windows;
  }
}
