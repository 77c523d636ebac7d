import type { ConnectionProtocol, Conversation, Listener } from '../conversation.ts';
import type { Address, Packet } from '../packet.ts';
import { Frames } from '../wire/frames.ts';
import { type DnsMessage, readDns } from './dns-message.ts';

/** Questions that wait for an answer at once. */
const MAX_WAITING = 10_000;
/** A resolver has given up by then, ms. */
const PATIENCE_MS = 30_000;

interface Question {
  readonly message: DnsMessage;
  readonly size: number;
  readonly start: number;
  readonly listener: Listener;
}

/** Pairs questions and answers by id and question. RFC 1035, RFC 5452. */
class Questions {
  readonly #waiting = new Map<string, Question>();

  ask(key: string, question: Question): void {
    const asked = keyOf(key, question.message);
    // A question that is sent again is the same one.
    if (this.#waiting.has(asked)) return;
    this.#waiting.set(asked, question);
    for (const [oldest, { start }] of this.#waiting) {
      if (this.#waiting.size <= MAX_WAITING && question.start - start < PATIENCE_MS) break;
      this.#tell(oldest, undefined, 0, undefined);
    }
  }

  answer(key: string, message: DnsMessage, size: number, now: number, listener: Listener): void {
    const asked = keyOf(key, message);
    if (this.#waiting.has(asked)) this.#tell(asked, message, size, now);
    else listener.orphan();
  }

  close(): void {
    for (const key of [...this.#waiting.keys()]) this.#tell(key, undefined, 0, undefined);
  }

  #tell(key: string, answer: DnsMessage | undefined, size: number, end: number | undefined): void {
    const question = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (!question) return;
    const { message, start, listener } = question;
    listener.call({
      protocol: 'dns',
      method: message.type,
      path: message.name,
      status: answer?.code,
      start,
      end,
      requestBody: JSON.stringify({ name: message.name, type: message.type }),
      responseBody: answer && JSON.stringify({ code: answer.code, answers: answer.answers }),
      requestSize: question.size,
      responseSize: answer && size,
    });
  }
}

function keyOf(key: string, { id, type, name }: DnsMessage): string {
  return `${key} ${id} ${type} ${name.toLowerCase()}`;
}

/** Questions for names over UDP, whose two packets share no connection. */
export class NameQuestions {
  readonly #listenerOf: (client: Address, server: Address) => Listener;
  readonly #questions = new Questions();

  constructor(listenerOf: (client: Address, server: Address) => Listener) {
    this.#listenerOf = listenerOf;
  }

  packet({ src, dst, payload, now }: Packet): void {
    const message = readable(payload);
    if (!message) return;
    const [client, server] = message.isAnswer ? [dst, src] : [src, dst];
    const key = `${client.ip} ${client.port} ${server.ip} ${server.port}`;
    const listener = this.#listenerOf(client, server);
    if (message.isAnswer) this.#questions.answer(key, message, payload.length, now, listener);
    else this.#questions.ask(key, { message, size: payload.length, start: now, listener });
  }

  close(): void {
    this.#questions.close();
  }
}

/** The bit of the flags that is for later use. RFC 1035, 4.1.1. */
const RESERVED = 0x40;
const FRAMING = { head: () => 2, size: (head: Buffer) => 2 + head.readUInt16BE(0) };

/** The same over TCP, each message behind its length. RFC 7766. */
export const dnsOverTcp: ConnectionProtocol = {
  name: 'dns',
  ports: [53],
  recognise: (bytes, isUsualPort) => {
    if (bytes.length < 14) return undefined;
    const size = bytes.readUInt16BE(0);
    const isAlone = size === bytes.length - 2 && (bytes.readUInt8(5) & RESERVED) === 0;
    // Several questions may come at once, and old programs set what is reserved.
    if (!isAlone && (!isUsualPort || size > bytes.length - 2)) return undefined;
    const message = readable(bytes.subarray(2, 2 + size));
    if (!message) return undefined;
    return message.isAnswer ? 'server' : 'client';
  },
  open: (listener) => new TcpQuestions(listener),
};

class TcpQuestions implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #questions = new Questions();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  request(bytes: Buffer, now: number): void {
    this.#asked.push(bytes, now);
    for (let frame = this.#asked.next(now); frame; frame = this.#asked.next(now)) {
      const { size, start } = frame;
      const message = readDns(frame.bytes.subarray(2));
      this.#questions.ask('', { message, size, start, listener: this.#listener });
    }
  }

  response(bytes: Buffer, now: number): void {
    this.#answered.push(bytes, now);
    for (let frame = this.#answered.next(now); frame; frame = this.#answered.next(now)) {
      const message = readDns(frame.bytes.subarray(2));
      this.#questions.answer('', message, frame.size, now, this.#listener);
    }
  }

  close(): void {
    this.#questions.close();
  }
}

function readable(bytes: Buffer): DnsMessage | undefined {
  try {
    return readDns(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
