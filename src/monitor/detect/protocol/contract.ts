import type { MessageProfile } from '../../../profile/message.ts';
import { count, fields, list, text } from '../../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../../support/json.ts';
import { WEEK_MS } from '../../slot.ts';
import { LearnedMessage } from './learned-message.ts';

const MAX_MESSAGES = 2_000;
const MAX_KEY = 1_500;

/**
 * What an operation’s messages were in this week and the last: what ended is forgotten. Bounded: kinds
 * of messages that were not learned for longest go first.
 */
export class Contract {
  readonly #messages = new Map<string, LearnedMessage>();
  /** Number of the week since the epoch. */
  #week = 0;

  get(key: string): LearnedMessage | undefined {
    return this.#messages.get(key);
  }

  learn(key: string, message: MessageProfile, start: number): void {
    if (key.length > MAX_KEY) return;
    let learned = this.#messages.get(key);
    if (!learned) {
      learned = new LearnedMessage(start);
      this.#messages.set(key, learned);
    }
    learned.learn(message, start);
  }

  /** Call it once a slot, before it is learned. */
  tidy(start: number): void {
    const week = Math.floor(start / WEEK_MS);
    if (week > this.#week) {
      if (this.#week > 0) {
        for (const [key, learned] of this.#messages) {
          learned.turn();
          if (learned.isEmpty) this.#messages.delete(key);
        }
      }
      this.#week = week;
    }
    const excess = this.#messages.size - MAX_MESSAGES;
    if (excess <= 0) return;
    const oldest = [...this.#messages].sort(
      (a, b) => a[1].last - b[1].last || byCodeUnit(a[0], b[0]),
    );
    for (const [key] of oldest.slice(0, excess)) this.#messages.delete(key);
  }

  toJSON(): Json {
    return {
      week: this.#week,
      messages: sortedEntries(this.#messages).map(([key, learned]) => [key, learned.toJSON()]),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Contract {
    const { week, messages } = fields(json);
    const contract = new Contract();
    contract.#week = count(week);
    for (const entry of list(messages, MAX_MESSAGES * 2)) {
      const [key, learned] = list(entry, 2);
      contract.#messages.set(text(key, MAX_KEY), LearnedMessage.fromJSON(learned));
    }
    return contract;
  }
}
