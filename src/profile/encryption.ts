import type { Call } from '../calls/call.ts';
import { plainText } from '../calls/plain-text.ts';
import { isHost } from '../calls/workload.ts';
import { isRecord } from '../support/json.ts';
import { Examples } from './examples.ts';
import { type Json, texts, wholeNumber } from './fanout-json.ts';

/** Of calls to a host that is no workload: how many went in plain text, as far as it is known. Mergeable. */
export class Encryption {
  #known = 0;
  #clear = 0;
  readonly #examples = new Examples();

  get known(): number {
    return this.#known;
  }

  get clear(): number {
    return this.#clear;
  }

  /** Calls in plain text. */
  get examples(): readonly string[] {
    return this.#examples.ids;
  }

  observe(call: Call): void {
    const { workload, port } = call.dst;
    if (!isHost(workload)) return;
    const plain = plainText(call);
    if (plain === 'perhaps' || port === undefined) return;
    this.#known++;
    if (plain === 'no') return;
    this.#clear++;
    this.#examples.add(call.id);
  }

  merge(other: Encryption): void {
    this.#known += other.#known;
    this.#clear += other.#clear;
    this.#examples.merge(other.#examples);
  }

  /** Nothing where there was none. */
  toJSON(): Json | undefined {
    if (this.#known === 0) return undefined;
    return { known: this.#known, clear: this.#clear, examples: [...this.#examples.ids] };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Encryption {
    const encryption = new Encryption();
    if (json === undefined) return encryption;
    if (!isRecord(json)) throw new RangeError('not what is encrypted');
    encryption.#known = wholeNumber(json.known);
    encryption.#clear = wholeNumber(json.clear);
    if (encryption.#clear > encryption.#known) throw new RangeError('not what is encrypted');
    for (const id of texts(json.examples)) encryption.#examples.add(id);
    return encryption;
  }
}
