import { hash32 } from '../../support/hash.ts';
import { byCodeUnit, type Json } from '../../support/json.ts';
import { Subjects } from './subjects.ts';

/** The call whose body is being observed, with its hash worked out once. */
export interface CallRef {
  readonly id: string;
  readonly hash: number;
  /** Hash of what the call is about. */
  readonly subject: number;
  /** Counts the strings of one body: with the hash, it picks samples that any order repeats. */
  strings: number;
  /** Counts the lists of one body. */
  lists: number;
  /** What an answer may repeat of its request; nothing while a request is observed. */
  readonly asked: readonly (string | number)[];
  /** Whether it is an answer that is observed. */
  readonly isAnswer?: true;
}

const NOTHING: CallRef['asked'] = [];

/** Without a subject, the call is about something that no other is about. */
export function callRef(id: string, subject?: number): CallRef {
  const hash = hash32(id);
  return { id, hash, subject: subject ?? hash, strings: 0, lists: 0, asked: NOTHING };
}

/** The two calls with the smallest hash (bottom-k): evidence that no order or cut changes. */
export class Witness {
  #first: string | undefined;
  #firstHash = Number.POSITIVE_INFINITY;
  #second: string | undefined;
  #secondHash = Number.POSITIVE_INFINITY;

  get ids(): string[] {
    return [this.#first, this.#second].filter((id) => id !== undefined);
  }

  add(id: string, hash: number): void {
    if (hash > this.#secondHash || id === this.#first || id === this.#second) return;
    if (before(id, hash, this.#first, this.#firstHash)) {
      this.#second = this.#first;
      this.#secondHash = this.#firstHash;
      this.#first = id;
      this.#firstHash = hash;
    } else if (before(id, hash, this.#second, this.#secondHash)) {
      this.#second = id;
      this.#secondHash = hash;
    }
  }

  merge(other: Witness): void {
    if (other.#first !== undefined) this.add(other.#first, other.#firstHash);
    if (other.#second !== undefined) this.add(other.#second, other.#secondHash);
  }

  /** Throws RangeError on anything but a list of ids. */
  static fromJSON(json: Json | undefined): Witness {
    if (!Array.isArray(json) || json.length > 2) throw new RangeError('not example calls');
    const witness = new Witness();
    for (const id of json) {
      if (typeof id !== 'string' || id.length > 1024) throw new RangeError('not example calls');
      witness.add(id, hash32(id));
    }
    return witness;
  }
}

/** The same, with how often it was seen, and what all the calls were about. */
export class Sighted extends Witness {
  count = 0;
  readonly subjects = new Subjects();

  see({ id, hash, subject }: Pick<CallRef, 'id' | 'hash' | 'subject'>): void {
    this.count++;
    this.subjects.add(subject);
    this.add(id, hash);
  }

  mergeAll(other: Sighted): void {
    this.count += other.count;
    this.merge(other);
    this.subjects.merge(other.subjects);
  }
}

function before(id: string, hash: number, other: string | undefined, otherHash: number): boolean {
  return hash < otherHash || (hash === otherHash && byCodeUnit(id, other as string) < 0);
}
