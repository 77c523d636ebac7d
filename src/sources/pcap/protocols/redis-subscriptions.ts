import type { RespRead } from './redis-values.ts';

const MESSAGES = new Set(['message', 'pmessage', 'smessage']);
const CONFIRMATION = /^[ps]?(?:un)?subscribe$/;

/**
 * Tells answers from what a server sends to those who subscribed. A subscription is answered once for
 * each channel, in RESP3 by pushes, in RESP2 by arrays, as messages come, which others may look like.
 */
export class Subscriptions {
  /** Confirmations to come of the command that was answered last. */
  #more: { readonly kind: string; left: number } | undefined;
  #isSubscribed = false;

  /** `asked`: the command that waits for an answer. */
  isAnswer({ value, isPush }: RespRead, asked: readonly string[] | undefined): boolean {
    const [kind, , count] = Array.isArray(value) ? value : [];
    if (typeof kind !== 'string') return !isPush;
    const waiting = asked?.[0]?.toLowerCase() ?? '';
    const isSubscriber = isPush || this.#isSubscribed || asked === undefined;
    if (!CONFIRMATION.test(kind) || (!isSubscriber && !CONFIRMATION.test(waiting))) {
      return !isPush && !(isSubscriber && MESSAGES.has(kind));
    }
    this.#isSubscribed = count !== 0;
    if (this.#more?.kind === kind && this.#more.left > 0) {
      this.#more.left--;
      return false;
    }
    if (waiting !== kind) return false;
    this.#more = { kind, left: (asked?.length ?? 0) - 2 };
    return true;
  }
}
