import type { ConnectionProtocol, Conversation, Listener } from '../conversation.ts';
import { Subscriptions } from './redis-subscriptions.ts';
import { RespError, type RespRead, RespReader } from './redis-values.ts';

const ARRAY = /^\*[1-9]\d{0,6}\r\n\$\d{1,9}\r\n[A-Za-z.]/;
/** A command as people and probes type it: its line begins so, and is none of HTTP's. */
const INLINE = /^[A-Za-z][\w.]{1,20}(?:\r\n| (?![^\r\n]* HTTP\/1))/;

/** Redis, and what speaks its protocol. RESP2 and RESP3. */
export const redis: ConnectionProtocol = {
  name: 'redis',
  ports: [6379, 6380, 26379],
  recognise: (bytes, isUsualPort) => {
    const text = bytes.toString('latin1', 0, 64);
    return ARRAY.test(text) || (isUsualPort && INLINE.test(text)) ? 'client' : undefined;
  },
  open: (listener) => new RespConversation(listener),
};

interface Command {
  readonly args: readonly string[];
  readonly read: RespRead;
}

/** Commands that wait for a reply at once: where only one direction was captured, none comes. */
const MAX_WAITING = 10_000;

/** Whether the client wants replies: `CLIENT REPLY ON`, `OFF`, or `SKIP` for one command. */
class ReplyMode {
  #isOff = false;
  #skips = false;

  isAnswered([name = '', about = '', how = '']: readonly string[]): boolean {
    const mode =
      `${name} ${about}`.toUpperCase() === 'CLIENT REPLY' ? how.toUpperCase() : undefined;
    if (mode === 'ON') this.#isOff = false;
    if (mode === 'OFF') this.#isOff = true;
    const skipped = this.#skips;
    this.#skips = mode === 'SKIP';
    return !(this.#isOff || this.#skips || (skipped && mode !== 'ON'));
  }
}

/** Pairs commands and replies in order. */
class RespConversation implements Conversation {
  readonly #listener: Listener;
  readonly #commands = new RespReader();
  readonly #replies = new RespReader();
  readonly #waiting: Command[] = [];
  readonly #replyMode = new ReplyMode();
  readonly #subscriptions = new Subscriptions();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  request(bytes: Buffer, now: number): void {
    this.#commands.push(bytes, now);
    for (let read = this.#commands.next(now); read; read = this.#commands.next(now)) {
      const args = Array.isArray(read.value) ? read.value.map(String) : [String(read.value)];
      // An empty line asks for nothing.
      if (args.length === 0) continue;
      if (this.#replyMode.isAnswered(args)) this.#waiting.push({ args, read });
      else this.#tell({ args, read }, undefined);
      if (this.#waiting.length > MAX_WAITING) {
        this.#tell(this.#waiting.shift() as Command, undefined);
      }
    }
  }

  response(bytes: Buffer, now: number): void {
    this.#replies.push(bytes, now);
    for (let read = this.#replies.next(now); read; read = this.#replies.next(now)) {
      if (!this.#subscriptions.isAnswer(read, this.#waiting[0]?.args)) continue;
      const command = this.#waiting.shift();
      if (command) this.#tell(command, read);
      else this.#listener.orphan();
    }
  }

  close(): void {
    for (const command of this.#waiting.splice(0)) this.#tell(command, undefined);
  }

  #tell({ args, read }: Command, reply: RespRead | undefined): void {
    this.#listener.call({
      protocol: 'redis',
      method: args[0]?.toUpperCase() ?? '',
      path: args[1] ?? '',
      status: reply && (reply.value instanceof RespError ? reply.value.code : 0),
      start: read.start,
      end: reply?.end,
      requestBody: JSON.stringify(args),
      responseBody: reply && JSON.stringify(reply.value),
      requestSize: read.size,
      responseSize: reply?.size,
    });
  }
}
