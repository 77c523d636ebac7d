import type { PageCost } from './page-cost.ts';
import type { Planner } from './planner.ts';
import type { Resolved, Segment } from './segment.ts';

type Calls = Extract<Resolved, { kind: 'calls' }>;

interface Pending {
  readonly segment: Segment;
  work?: Promise<Resolved>;
}

/** How far ahead of what is taken pages are asked for. */
export interface Room {
  readonly segments: number;
  /** Of pages that are under way or wait for their turn, about. */
  readonly bytes: number;
}

/**
 * Segments in order of time, of which the first are under way: whenever one is taken, or turns out to
 * be several, the next ones are asked for, as many as there is room for.
 */
export class PagesAhead {
  readonly #planner: Planner;
  readonly #cost: PageCost;
  readonly #room: Room;
  #queue: Pending[];
  #closed = false;

  constructor(planner: Planner, cost: PageCost, room: Room, whole: Segment) {
    this.#planner = planner;
    this.#cost = cost;
    this.#room = room;
    this.#queue = [{ segment: whole }];
  }

  /** The start of what comes after the last that was taken, Unix ms; undefined at the end. */
  get nextStart(): number | undefined {
    return this.#queue[0]?.segment.start;
  }

  /** The calls of the next segment, when they are there; undefined at the end. Throws what its work throws. */
  async take(): Promise<Calls | undefined> {
    for (;;) {
      this.#fill();
      const [head] = this.#queue;
      if (!head) return undefined;
      const resolved = await (head.work as Promise<Resolved>);
      if (resolved.kind === 'parts') continue;
      this.#queue.shift();
      this.#fill();
      return resolved;
    }
  }

  /** Asks for nothing more, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#queue.map(({ work }) => work));
  }

  #fill(): void {
    if (this.#closed) return;
    let ahead = 0;
    for (const pending of this.#queue.slice(0, this.#room.segments)) {
      const { limit } = this.#planner;
      ahead += Math.min(pending.segment.expected ?? limit, limit) * this.#cost.perCall;
      if (ahead > this.#room.bytes && pending !== this.#queue[0]) break;
      if (!pending.work) this.#begin(pending);
    }
  }

  #begin(pending: Pending): void {
    pending.work = this.#planner.resolve(pending.segment).then((resolved) => {
      if (resolved.kind === 'parts') {
        const parts = resolved.parts.map((segment): Pending => ({ segment }));
        this.#queue = this.#queue.flatMap((one) => (one === pending ? parts : [one]));
        this.#fill();
      }
      return resolved;
    });
    // A failure shows when its turn comes, not as an unhandled rejection before.
    pending.work.catch(() => {});
  }
}
