import type { Arriving } from '../../hub/moving-recording.ts';
import { Draw, unit } from './draw.ts';
import { ENTRIES, type Entry, PROBE_EVERY, SCRAPE_EVERY } from './entries.ts';
import { EVENTS, type SeededEvent } from './events.ts';
import { Handling, type Insisted, someoneOf } from './handling.ts';
import { Pods } from './pods.ts';
import { type Made, secondWatcherOf, sighting, watcherOf } from './sighting.ts';
import { BEGIN, DAY, MINUTE, shapeAt } from './time.ts';
import { Troubles } from './troubles.ts';
import { busyness } from './weather.ts';
import { WORKLOADS } from './workloads.ts';

export const SLOT = 5 * MINUTE;

export interface WorldOptions {
  readonly events?: readonly SeededEvent[];
  /** How much of the traffic of people and timers there is: 1 is a few hundred calls a slot. */
  readonly scale?: number;
}

/**
 * A cluster of forty workloads and its calls. What begins in a slot is a pure function of the seed and
 * the slot, so that nothing need be kept.
 */
export class World {
  readonly #seed: number;
  readonly #scale: number;
  readonly #pods: Pods;
  readonly #troubles: Troubles;

  constructor(seed: number, { events = EVENTS, scale = 1 }: WorldOptions = {}) {
    this.#seed = seed;
    this.#scale = scale;
    this.#pods = new Pods(seed);
    this.#troubles = new Troubles(events);
  }

  /** The calls that begin in the slot at this moment, and all that they cause, in time order. */
  slot(start: number): readonly Arriving[] {
    const arriving: Arriving[] = [];
    const draw = new Draw(this.#seed, 20, start / SLOT);
    for (const [i, made] of this.#made(start).entries()) {
      const late = draw.chance(0.02) ? draw.between(5000, 2 * MINUTE) : 0;
      const at = made.ts + (made.latency ?? 2000) + draw.between(100, 1500) + late;
      const number = (start - BEGIN) / 10 + i * 2;
      arriving.push({ record: sighting(made, watcherOf(made), number), at });
      const second = secondWatcherOf(made);
      if (second !== undefined && draw.chance(0.04)) {
        arriving.push({
          record: sighting(made, second, number + 1),
          at: at + draw.between(0, 500),
        });
      }
    }
    return arriving.sort((a, b) => a.record.ts - b.record.ts);
  }

  #made(start: number): readonly Made[] {
    const all: Made[] = [];
    for (const [i, entry] of ENTRIES.entries()) this.#enter(entry, i, start, all);
    this.#probe(start, all);
    for (const [i, event] of this.#troubles.events.entries()) this.#intrude(event, i, start, all);
    return all;
  }

  #enter(entry: Entry, index: number, start: number, all: Made[]): void {
    const middle = start + SLOT / 2;
    const mean = this.#scale * entry.rate * shapeAt(entry.shape, middle) * grown(entry, middle);
    if (mean === 0) return;
    const draw = new Draw(this.#seed, 21, index, start / SLOT);
    const steady = entry.shape === 'flat' ? 200 : 25;
    const count = draw.counted(mean * busyness(this.#seed, index, start), steady);
    for (let i = 0; i < count; i++) {
      const ts = start + draw.next() * SLOT;
      const from = someoneOf(this.#pods, entry.from, ts, draw);
      const handling = this.#handling(draw);
      handling.call(entry.operation, from, ts);
      all.push(...handling.made);
    }
  }

  /** Health checks by each node's agent, and scrapes by Prometheus: each pod at its own time. */
  #probe(start: number, all: Made[]): void {
    const handling = this.#handling(new Draw(this.#seed, 22, start / SLOT));
    const draw = new Draw(this.#seed, 23, start / SLOT);
    for (const workload of WORKLOADS) {
      const pods = workload.probed ? this.#pods.count(workload, start) : 0;
      for (let n = 0; n < pods; n++) {
        const phase = unit(this.#seed, 24, workload.index, n);
        for (const ts of ticks(start, PROBE_EVERY, phase)) {
          const agent = { workload: undefined, pod: undefined, ip: `10.0.0.${10 + n}` };
          handling.call(`${workload.name} GET /healthz`, agent, ts);
        }
        for (const ts of ticks(start, SCRAPE_EVERY, phase)) {
          const scraper = someoneOf(this.#pods, 'prometheus', ts, draw);
          handling.call(`${workload.name} GET /metrics`, scraper, ts);
        }
      }
    }
    all.push(...handling.made);
  }

  /** What a seeded event adds in calls of its own. */
  #intrude(event: SeededEvent, index: number, start: number, all: Made[]): void {
    const { trouble, onset, end, caller = 'outside' } = event;
    if (trouble.kind !== 'calls' || start + SLOT <= onset || start >= end) return;
    const { operation, every, jitter, port, status, paths } = trouble;
    const first = Math.max(0, Math.ceil((start - onset) / every));
    for (let i = first; onset + i * every < Math.min(end, start + SLOT); i++) {
      const draw = new Draw(this.#seed, 25, index, i);
      const ts = onset + i * every + draw.between(0, jitter) * every;
      const one = someoneOf(this.#pods, caller, ts, draw);
      const from = one.workload ? one : { ...one, ip: '203.0.113.200' };
      const insisted: Insisted = {
        ...(port !== undefined && { port }),
        ...(status !== undefined && { status }),
        ...(paths && { path: `${paths[i % paths.length]}${i < paths.length ? '' : `?${i}`}` }),
      };
      const handling = this.#handling(draw);
      handling.call(operation, from, ts, insisted);
      all.push(...handling.made);
    }
  }

  #handling(draw: Draw): Handling {
    return new Handling(this.#seed, draw, this.#pods, this.#troubles);
  }
}

function grown({ grows }: Entry, ts: number): number {
  if (!grows) return 1;
  const days = (ts - BEGIN) / DAY;
  return Math.min(1, Math.max(0, (days - grows[0]) / (grows[1] - grows[0])));
}

/** Multiples of `every`, shifted by a share of it, within the slot. */
function ticks(start: number, every: number, phase: number): number[] {
  const first = Math.ceil(start / every - phase);
  const found: number[] = [];
  for (let i = first; (i + phase) * every < start + SLOT; i++) found.push((i + phase) * every);
  return found;
}
