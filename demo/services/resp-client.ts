import { connect, type Socket } from 'node:net';
import type { TruthMark } from '../tap/exchange.ts';
import { encodeCommand, RespError, RespValues } from '../tap/resp-values.ts';
import { respMarkArgument } from '../tap/truth-marks.ts';

interface Waiting {
  readonly resolve: (value: string | null) => void;
  readonly reject: (cause: Error) => void;
}

/** A cache client of one connection, pipelining as Redis clients do. */
export class RespClient {
  readonly #port: number;
  readonly #waiting: Waiting[] = [];
  #socket: Socket | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  send(args: readonly string[], mark: TruthMark): Promise<string | null> {
    this.#socket ??= this.#connect();
    this.#socket.write(encodeCommand([...args, respMarkArgument(mark)]));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #connect(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    const replies = new RespValues();
    socket.on('data', (chunk: Buffer) => {
      replies.push(chunk);
      for (let read = replies.next(); read; read = replies.next()) {
        const { value } = read;
        const waiting = this.#waiting.shift();
        if (value instanceof RespError) waiting?.reject(new Error(value.message));
        else waiting?.resolve(value === null ? null : String(value));
      }
    });
    const lost = () => {
      this.#socket = undefined;
      for (const each of this.#waiting.splice(0)) each.reject(new Error('cache connection lost'));
    };
    socket.on('error', lost);
    socket.on('close', lost);
    return socket;
  }
}
