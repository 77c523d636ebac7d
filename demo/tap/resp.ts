import type { Conversation, Exchange } from './exchange.ts';
import { encodeCommand, RespError, RespValues } from './resp-values.ts';
import { unmarkArguments } from './truth-marks.ts';

interface Command {
  readonly args: readonly string[];
  readonly truth: Exchange['truth'];
  readonly start: number;
}

/** Pairs the commands and replies of one Redis connection, in order. */
export class RespConversation implements Conversation {
  readonly #emit: (exchange: Exchange) => void;
  readonly #commands = new RespValues();
  readonly #replies = new RespValues();
  readonly #waiting: Command[] = [];
  #start: number | undefined;

  constructor(emit: (exchange: Exchange) => void) {
    this.#emit = emit;
  }

  request(chunk: Buffer, now: number): void {
    this.#commands.push(chunk);
    this.#start ??= now;
    for (let read = this.#commands.next(); read; read = this.#commands.next()) {
      const words = Array.isArray(read.value) ? read.value.map(String) : [String(read.value)];
      this.#waiting.push({ ...unmarkArguments(words), start: this.#start ?? now });
      this.#start = this.#commands.waiting ? now : undefined;
    }
  }

  response(chunk: Buffer, now: number): void {
    this.#replies.push(chunk);
    for (let read = this.#replies.next(); read; read = this.#replies.next()) {
      const command = this.#waiting.shift();
      if (!command) continue;
      const status = read.value instanceof RespError ? 1 : 0;
      this.#tell(command, status, now, JSON.stringify(read.value), read.size);
    }
  }

  close(): void {
    for (const command of this.#waiting.splice(0)) {
      this.#tell(command, undefined, undefined, '', 0);
    }
  }

  #tell(
    { args, truth, start }: Command,
    status: number | undefined,
    end: number | undefined,
    responseBody: string,
    responseSize: number,
  ): void {
    this.#emit({
      proto: 'redis',
      method: args[0]?.toUpperCase() ?? '',
      path: args[1] ?? '',
      status,
      start,
      end,
      requestHeaders: undefined,
      responseHeaders: undefined,
      requestBody: JSON.stringify(args),
      responseBody,
      requestSize: Buffer.byteLength(encodeCommand(args)),
      responseSize,
      truth,
    });
  }
}
