import { type Json, sortedEntries } from '../../../support/json.ts';
import { spreadOf } from '../../../support/numbers.ts';

const HOURS = 24;
const MAX_NAMES = 3_000;
/** What is left of an extreme by the next day. */
const FADE = 0.75;

/** How the slots within an hour of the day differ. */
export interface HourShape {
  /** Squared coefficient of variation beyond chance, the largest of late. */
  readonly variation: number;
  /** Calls of the fullest and of the emptiest cell of late. */
  readonly high: number;
  readonly low: number;
}

/** By name and hour of the day: bursts, batch jobs and edges of working hours, which no hourly total shows. */
export class HourShapes {
  readonly #byName = new Map<string, (HourShape | undefined)[]>();

  names(): Iterable<string> {
    return this.#byName.keys();
  }

  get(name: string, hour: number): HourShape | undefined {
    return this.#byName.get(name)?.[(hour + HOURS) % HOURS];
  }

  /** Shapes of the hour and its neighbours, as far as they are known. */
  around(name: string, hour: number): HourShape[] {
    return [hour - 1, hour, hour + 1].flatMap((each) => this.get(name, each) ?? []);
  }

  /** Hours of the day in which there ever were calls. */
  busyHours(name: string): number {
    return (this.#byName.get(name) ?? []).filter((shape) => (shape?.high ?? 0) > 0).length;
  }

  /** Takes the shape of one such hour. */
  learn(name: string, hour: number, shape: HourShape): void {
    const shapes = this.#byName.get(name) ?? Array<HourShape | undefined>(HOURS).fill(undefined);
    this.#byName.set(name, shapes);
    const before = shapes[hour];
    const { variation, high, low } = shape;
    shapes[hour] = before
      ? {
          variation: rounded(Math.max(variation, FADE * before.variation)),
          high: Math.round(Math.max(high, FADE * before.high + (1 - FADE) * high)),
          low: Math.round(Math.min(low, FADE * before.low + (1 - FADE) * low)),
        }
      : shape;
    if (this.#byName.size <= MAX_NAMES) return;
    this.#byName.delete(this.#byName.keys().next().value as string);
  }

  toJSON(): Json {
    return sortedEntries(this.#byName).map(([name, shapes]) => [
      name,
      ...shapes.map((shape) => (shape ? [shape.variation, shape.high, shape.low] : 0)),
    ]);
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    if (!Array.isArray(json)) return this;
    for (const entry of json.slice(0, MAX_NAMES)) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') continue;
      if (entry.length === HOURS + 1) this.#byName.set(entry[0], entry.slice(1).map(shapeFrom));
    }
    return this;
  }
}

/** The shape of an hour, from its cells. */
export function shapeOf(cells: readonly number[]): HourShape {
  return {
    variation: rounded(variationOf(cells)),
    high: Math.max(...cells),
    low: Math.min(...cells),
  };
}

function variationOf(cells: readonly number[]): number {
  const { mean, squares } = spreadOf(cells);
  if (mean === 0 || cells.length < 2) return 0;
  return Math.max(0, squares / (cells.length - 1) - mean) / mean ** 2;
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Undefined for anything that is none. */
export function shapeFrom(json: Json): HourShape | undefined {
  if (!Array.isArray(json) || !json.every((value) => (value as number) >= 0)) return undefined;
  const [variation = 0, high = 0, low = 0] = json as number[];
  return { variation, high, low };
}
