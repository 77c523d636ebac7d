import { LATENESS_MS } from '../calls/order.ts';
import { recordsOf } from './ndjson-records.ts';
import { parseLine } from './record.ts';

/** The start of a record whose `ts` surely is its own: no bracket opens before it. */
const TS = /^\s*\{[^{[]{0,1000}?"ts"\s*:\s*(\d{12,14})\s*[,}]/;

/** Watches whether records come in order of time, up to what a reorder buffer puts right. */
export class OrderWatch {
  #newest = Number.NEGATIVE_INFINITY;
  inOrder = true;

  /** Takes the next record's time, Unix ms. */
  add(ts: number): void {
    if (ts < this.#newest - LATENESS_MS) this.inOrder = false;
    else if (ts > this.#newest) this.#newest = ts;
  }
}

/**
 * Whether the records of a byte stream are in order of time, up to what a reorder buffer puts right.
 * Reads only the start of each; what is unusual is parsed.
 */
export async function isInOrder(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const order = new OrderWatch();
  for await (const records of recordsOf(chunks, { cut: false, truncated: false })) {
    for (const record of records) {
      const ts = record === undefined ? undefined : startOf(record);
      if (ts !== undefined) order.add(ts);
      if (!order.inOrder) return false;
    }
  }
  return true;
}

function startOf(record: string): number | undefined {
  const digits = TS.exec(record)?.[1];
  if (digits !== undefined) return Number(digits);
  const observation = parseLine(record);
  return observation.kind === 'call' ? observation.call.ts : undefined;
}
