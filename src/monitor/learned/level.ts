import { negativeBinomialLower } from '../../compare/stats/negative-binomial.ts';
import type { Json } from '../../support/json.ts';
import { DAY_MS, HOUR_MS, type Slot } from '../slot.ts';

/** Slots that are shorter are taken together. */
const CELL_MS = 300_000;
/** Usual calls from which on an hour tells a level. */
const TELLING = 20;
/** From this share on a day is an ordinary one. */
const ORDINARY = 0.5;
/** Of what the level lets expect: so few calls may be a silence. */
const HARDLY = 0.1;
/** Chance of so few calls, below which they were one, and say nothing of the level. */
const SILENT_CHANCE = 1e-3;
/** Squared coefficient of variation of how a quiet day goes on, beyond what few calls leave unknown. */
const VARIATION = 0.15;

interface Counted {
  readonly calls: number;
  readonly usual: number;
}

interface Cell extends Counted {
  readonly start: number;
}

/** How many calls there are of late against what is usual: on a holiday a tenth. */
export interface Quietness {
  /** Times the usual calls, of the hour before what may be a silence: 1 on an ordinary day, else below 0.5. */
  readonly share: number;
  /** Squared coefficient of variation of what it lets expect. */
  readonly variation: number;
  /** What was since then, if anything: as good as no call. Begins at `start`, Unix ms. */
  readonly since: Cell | undefined;
}

export const ORDINARY_DAY: Quietness = {
  share: 1,
  variation: 0,
  since: undefined,
};

/**
 * Follows how calls stand to what is usual, an hour back, as they fade and come again. A sudden silence
 * lowers no level, however long it lasts up to a day: else every outage would soon be the level.
 */
export class Level {
  /** The last hour that counts, oldest first. */
  #hour: readonly Cell[] = [];
  /** Slots in a row with hardly a call, which count once there are calls again. */
  #low: Cell | undefined;

  /** Takes a slot: its calls, and the usual ones. Slots come in order of time. */
  add(slot: Slot, calls: number, usual: number): void {
    const low = this.#low;
    const cell: Cell = { start: slot.start, calls, usual };
    if (calls > HARDLY * this.#share() * usual) {
      if (low && !this.#isSilence(low)) this.#take(low, slot);
      this.#low = undefined;
      this.#take(cell, slot);
    } else if (low && slot.start - low.start >= DAY_MS) {
      this.#hour = [sumOf(low, cell)];
      this.#low = undefined;
    } else this.#low = low ? sumOf(low, cell) : cell;
  }

  get quietness(): Quietness {
    const share = this.#share();
    if (share >= ORDINARY) return ORDINARY_DAY;
    return { share, variation: this.#variation(), since: this.#low };
  }

  toJSON(): Json {
    return [this.#low, ...this.#hour].map((cell) =>
      cell ? [cell.start, cell.calls, Math.round(cell.usual * 100) / 100] : 0,
    );
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    if (!Array.isArray(json)) return this;
    const [low, ...hour] = json.slice(0, 1 + HOUR_MS / CELL_MS).map(cellFrom);
    this.#low = low;
    this.#hour = hour.filter((cell) => cell !== undefined);
    return this;
  }

  #share(): number {
    const { calls, usual } = totalOf(this.#hour);
    return usual < TELLING ? 1 : Math.min(1, calls / usual);
  }

  #variation(): number {
    return VARIATION + 1 / Math.max(1, totalOf(this.#hour).calls);
  }

  #isSilence({ calls, usual }: Counted): boolean {
    const share = this.#share();
    return negativeBinomialLower(calls, share * usual, this.#variation()) < SILENT_CHANCE;
  }

  #take(cell: Cell, { start, end }: Slot): void {
    const width = Math.max(CELL_MS, end - start + 1);
    const last = this.#hour.at(-1);
    const isSame = last && Math.floor(last.start / width) === Math.floor(cell.start / width);
    const cells = isSame ? [...this.#hour.slice(0, -1), sumOf(last, cell)] : [...this.#hour, cell];
    this.#hour = cells.slice(-Math.max(1, Math.round(HOUR_MS / width)));
  }
}

function sumOf(a: Cell, b: Counted): Cell {
  return { start: a.start, calls: a.calls + b.calls, usual: a.usual + b.usual };
}

function totalOf(cells: readonly Counted[]): Counted {
  return cells.reduce<Counted>(
    (sum, { calls, usual }) => ({ calls: sum.calls + calls, usual: sum.usual + usual }),
    { calls: 0, usual: 0 },
  );
}

function cellFrom(json: Json): Cell | undefined {
  if (!Array.isArray(json) || json.length !== 3) return undefined;
  if (!json.every((value) => typeof value === 'number' && value >= 0)) return undefined;
  const [start, calls, usual] = json as [number, number, number];
  return { start, calls, usual };
}
