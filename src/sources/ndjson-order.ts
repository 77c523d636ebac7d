import { LATENESS_MS, type StepBack } from '../calls/order.ts';
import { recordsOf } from './ndjson-records.ts';
import { timeOf } from './record-time.ts';

/** Watches whether records come in order of time, up to what a reorder buffer puts right. */
export class OrderWatch {
  #newest = Number.NEGATIVE_INFINITY;
  /** The first step that no reorder buffer puts right. */
  stepBack: StepBack | undefined;

  get inOrder(): boolean {
    return this.stepBack === undefined;
  }

  /** Takes the next record's time, Unix ms. */
  add(ts: number): void {
    if (ts < this.#newest - LATENESS_MS) this.stepBack ??= { from: this.#newest, to: ts };
    else if (ts > this.#newest) this.#newest = ts;
  }
}

/**
 * Whether the records of a byte stream are in order of time, up to what a reorder buffer puts right.
 * Parses only those whose text does not tell their time.
 */
export async function isInOrder(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const order = new OrderWatch();
  for await (const records of recordsOf(chunks, { cut: false, truncated: false })) {
    for (const record of records) {
      const ts = record === undefined ? undefined : timeOf(record);
      if (ts !== undefined) order.add(ts);
      if (!order.inOrder) return false;
    }
  }
  return true;
}
