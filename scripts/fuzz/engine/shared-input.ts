import { MAX_INPUT } from './fuzz-loop.ts';

/** The input that a worker is at, readable from outside while the worker can't answer. */
export class SharedInput {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory = new SharedArrayBuffer(8 + MAX_INPUT)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, 8);
  }

  set(input: Uint8Array): void {
    this.#bytes.set(input);
    this.#numbers[1] = input.length;
    Atomics.add(this.#numbers, 0, 1);
  }

  /** How many inputs there were. */
  get executions(): number {
    return Atomics.load(this.#numbers, 0);
  }

  get(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, this.#numbers[1] as number));
  }
}
