import { MessageProfile } from '../../../profile/message.ts';
import { count, list } from '../../../profile/schema/json-read.ts';
import type { Json } from '../../../support/json.ts';
import { HOUR_MS } from '../../slot.ts';

/** From so many messages of a generation on, one slot an hour is learned. */
const ENOUGH = 1_000;
/** Characters of JSON; what is larger is too manifold to be a contract. */
const MAX_SIZE = 60_000;

interface Generation {
  readonly message: MessageProfile;
  json: Json | undefined;
}

/** What was learned of one kind of message, in two generations: this week’s, and the last one’s. */
export class LearnedMessage {
  readonly first: number;
  last: number;
  #current: Generation = { message: new MessageProfile(), json: undefined };
  #previous: Generation | undefined;
  #both: MessageProfile | undefined;
  #open = false;

  constructor(first: number) {
    this.first = first;
    this.last = 0;
  }

  /** Both generations together; undefined where it is no contract. */
  get contract(): MessageProfile | undefined {
    if (this.#open) return undefined;
    if (!this.#previous) return this.#current.message;
    if (!this.#both) {
      this.#both = new MessageProfile();
      this.#both.merge(this.#previous.message);
      this.#both.merge(this.#current.message);
    }
    return this.#both;
  }

  learn(message: MessageProfile, start: number): void {
    const enough = this.#current.message.count >= ENOUGH;
    if (this.#open || (enough && start - this.last < HOUR_MS)) return;
    this.last = start;
    this.#current.message.merge(message);
    this.#current.json = undefined;
    this.#both = undefined;
    if (JSON.stringify(this.#json(this.#current)).length > MAX_SIZE) this.#open = true;
  }

  /** Begins a generation; the one before the last is forgotten. */
  turn(): void {
    this.#previous = this.#current.message.count > 0 ? this.#current : undefined;
    this.#current = { message: new MessageProfile(), json: undefined };
    this.#both = undefined;
    this.#open = false;
  }

  get isEmpty(): boolean {
    return !this.#open && !this.#previous && this.#current.message.count === 0;
  }

  toJSON(): Json {
    if (this.#open) return [this.first, this.last, null, null];
    const previous = this.#previous ? this.#json(this.#previous) : null;
    return [this.first, this.last, this.#json(this.#current), previous];
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): LearnedMessage {
    const [first, last, current, previous] = list(json, 4);
    const learned = new LearnedMessage(count(first));
    learned.last = count(last);
    if (current === null) {
      learned.#open = true;
      return learned;
    }
    learned.#current = { message: MessageProfile.fromJSON(current), json: current };
    if (previous !== null) {
      learned.#previous = { message: MessageProfile.fromJSON(previous), json: previous };
    }
    return learned;
  }

  #json(generation: Generation): Json {
    generation.json ??= generation.message.toJSON();
    return generation.json;
  }
}
