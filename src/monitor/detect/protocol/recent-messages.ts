import { MessageProfile } from '../../../profile/message.ts';
import { count, list, text } from '../../../profile/schema/json-read.ts';
import { type Json, sortedEntries } from '../../../support/json.ts';
import { HOUR_MS } from '../../slot.ts';

/** Messages that are judged together, where one slot has fewer. */
export const ENOUGH_MESSAGES = 8;
const MAX_AGE_MS = 6 * HOUR_MS;
const MAX_KEYS = 2_000;
const MAX_SLOTS = 100;

interface Recent {
  readonly start: number;
  /** A copy: it changes no more. */
  readonly message: MessageProfile;
  /** What it is written as, once it was: everything is written after every slot. */
  json?: Json;
}

/**
 * The last messages of each kind, which are not learned before so many further ones were judged: what
 * begins in the middle of a slot must not become the normal that hides it.
 */
export class RecentMessages {
  readonly #recent = new Map<string, readonly Recent[]>();

  /** The slot’s messages, with those before it until they are enough; and when the first came. */
  with(key: string, message: MessageProfile, start: number): MessageProfile {
    if (message.count >= ENOUGH_MESSAGES) return message;
    const sum = new MessageProfile();
    sum.merge(message);
    for (const before of (this.#recent.get(key) ?? []).toReversed()) {
      if (sum.count >= ENOUGH_MESSAGES || start - before.start > MAX_AGE_MS) break;
      sum.merge(before.message);
    }
    return sum;
  }

  /** Takes a slot’s messages; gives those that enough others came after. */
  push(key: string, message: MessageProfile, start: number): readonly Recent[] {
    const all = [...(this.#recent.get(key) ?? []), { start, message: copyOf(message) }];
    let after = 0;
    let from = all.length;
    while (from > 0 && after < ENOUGH_MESSAGES && all.length - from < MAX_SLOTS) {
      after += (all[--from] as Recent).message.count;
    }
    if (this.#recent.has(key) || this.#recent.size < MAX_KEYS) {
      this.#recent.set(key, all.slice(from));
    }
    return all.slice(0, from);
  }

  /** Forgets kinds without a message for long. */
  forget(now: number): void {
    for (const [key, recent] of this.#recent) {
      if (now - (recent.at(-1)?.start ?? 0) > MAX_AGE_MS * 4) this.#recent.delete(key);
    }
  }

  toJSON(): Json {
    return sortedEntries(this.#recent).map(([key, recent]) => [
      key,
      recent.map((one) => {
        one.json ??= one.message.toJSON();
        return [one.start, one.json];
      }),
    ]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): RecentMessages {
    const messages = new RecentMessages();
    for (const entry of list(json, MAX_KEYS)) {
      const [key, recent] = list(entry, 2);
      const read = list(recent, MAX_SLOTS).map((each) => {
        const [start, message] = list(each, 2);
        return { start: count(start), message: MessageProfile.fromJSON(message) };
      });
      messages.#recent.set(text(key, 1_500), read);
    }
    return messages;
  }
}

function copyOf(message: MessageProfile): MessageProfile {
  const copy = new MessageProfile();
  copy.merge(message);
  return copy;
}
