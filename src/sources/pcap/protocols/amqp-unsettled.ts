/** Messages of a connection that wait for it at once; beyond, those that came first are told. */
const MOST = 1_000;

interface Waiting<T> {
  readonly channel: number;
  readonly isSent: boolean;
  readonly tag: number;
  readonly message: T;
}

/**
 * Messages of which the other side has yet to say whether it took them: of the broker those that are
 * published, of consumers those that are delivered.
 */
export class Unsettled<T> {
  readonly #tell: (message: T, status: string | number) => void;
  readonly #waiting = new Map<string, Waiting<T>>();

  constructor(tell: (message: T, status: string | number) => void) {
    this.#tell = tell;
  }

  add(waiting: Waiting<T>): void {
    const { channel, isSent, tag } = waiting;
    this.#waiting.set(keyOf(channel, isSent, tag), waiting);
    if (this.#waiting.size <= MOST) return;
    for (const [key, first] of this.#waiting) {
      this.#end(key, first, 0);
      return;
    }
  }

  /** One message, or all up to it; tag 0 stands for all. */
  settle(
    channel: number,
    isSent: boolean,
    { tag, isMultiple }: { readonly tag: number; readonly isMultiple: boolean },
    status: string | number,
  ): void {
    if (!isMultiple) {
      const key = keyOf(channel, isSent, tag);
      const waiting = this.#waiting.get(key);
      if (waiting) this.#end(key, waiting, status);
      return;
    }
    for (const [key, waiting] of this.#waiting) {
      const isMeant = waiting.channel === channel && waiting.isSent === isSent;
      if (isMeant && (tag === 0 || waiting.tag <= tag)) this.#end(key, waiting, status);
    }
  }

  /** A channel is gone: nothing more is said of its messages. */
  leave(channel: number): void {
    for (const [key, waiting] of this.#waiting) {
      if (waiting.channel === channel) this.#end(key, waiting, 0);
    }
  }

  close(): void {
    for (const [key, waiting] of this.#waiting) this.#end(key, waiting, 0);
  }

  #end(key: string, { message }: Waiting<T>, status: string | number): void {
    this.#waiting.delete(key);
    this.#tell(message, status);
  }
}

function keyOf(channel: number, isSent: boolean, tag: number): string {
  return `${channel} ${isSent} ${tag}`;
}
