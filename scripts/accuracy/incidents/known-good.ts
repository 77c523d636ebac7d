import type { Reading } from '../../../src/incident/reading/reading.ts';
import { judge } from './judge.ts';
import { beforeFault, type Fault, type Minutes } from './minutes.ts';

/** Other known-good minutes that a minute is held against. */
const WITNESSES = 3;

/** Which known-good minutes already show a fault: most of the nearest others find a culprit in them. */
export class KnownGood {
  readonly #minutes: Minutes;
  readonly #doubtful = new Map<string, Promise<boolean>>();

  constructor(minutes: Minutes) {
    this.#minutes = minutes;
  }

  isDoubtful(system: string, name: string): Promise<boolean> {
    const key = `${system} ${name}`;
    const known = this.#doubtful.get(key) ?? this.#judge(system, name);
    this.#doubtful.set(key, known);
    return known;
  }

  /** The minutes before the fault where they are clean, else those right before it, else a clean one near. */
  async for(fault: Fault): Promise<{ good: Reading; doubt: boolean } | undefined> {
    const { system, before, id } = fault;
    const own = await this.#minutes.of(system, before);
    const doubts = await Promise.all(before.map((name) => this.isDoubtful(system, name)));
    const doubt = doubts.some(Boolean);
    if (own && !doubt) return { good: own, doubt };
    if (!own) {
      const straddling = await beforeFault(this.#minutes, fault);
      if (straddling && straddling.last > straddling.first) return { good: straddling, doubt };
    }
    for (const name of this.#near(system, before[0] ?? id)) {
      if (await this.isDoubtful(system, name)) continue;
      const good = await this.#minutes.of(system, [name]);
      if (good) return { good, doubt };
    }
    return own && { good: own, doubt };
  }

  async #judge(system: string, name: string): Promise<boolean> {
    const given = await this.#minutes.of(system, [name]);
    if (!given) return false;
    let found = 0;
    let asked = 0;
    for (const other of this.#near(system, name)) {
      const good = await this.#minutes.of(system, [other]);
      if (!good) continue;
      if (!judge(good, given).abstained) found++;
      if (++asked === WITNESSES) break;
    }
    return found > asked / 2;
  }

  /** The other known-good minutes, the nearest in time first. */
  #near(system: string, name: string): string[] {
    const at = momentOf(name);
    return this.#minutes
      .good(system)
      .filter((other) => other !== name)
      .sort((a, b) => Math.abs(momentOf(a) - at) - Math.abs(momentOf(b) - at) || (a < b ? -1 : 1));
  }
}

/** Unix ms of a minute's name: `2022-08-22_03_54`. */
function momentOf(name: string): number {
  const [day = '', hour = '0', minute = '0'] = name.split('_');
  return Date.parse(`${day}T${hour.padStart(2, '0').slice(0, 2)}:${minute.padStart(2, '0')}:00Z`);
}
