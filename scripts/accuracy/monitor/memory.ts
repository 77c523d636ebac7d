import type { JudgedSlot, SlotListener } from '../../../src/monitor/slot-listener.ts';
import { HOUR } from '../../../test/monitor/world/time.ts';

interface Sample {
  readonly at: number;
  readonly rss: number;
  /** After a collection, where `--expose-gc` allows one; else as it is. */
  readonly heap: number;
}

/** What the monitor's process holds, every six hours of virtual time. */
export class Memory implements SlotListener {
  readonly samples: Sample[] = [];

  slot({ view }: JudgedSlot): void {
    const last = this.samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (view.slot.start - last < 6 * HOUR) return;
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    this.samples.push({ at: view.slot.start, rss, heap: heapUsed });
  }

  words(): string {
    const { samples } = this;
    const shown = [0, 1, 4, Math.floor(samples.length / 2), samples.length - 1];
    const places = [...new Set(shown)].filter((place) => place >= 0 && place < samples.length);
    const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
    const told = places.map((place) => {
      const { at, rss, heap } = samples[place] as Sample;
      const hours = Math.round((at - (samples[0] as Sample).at) / HOUR);
      return `after ${hours} h ${mb(rss)} MB (heap ${mb(heap)})`;
    });
    return `memory: ${told.join(', ')}`;
  }
}
