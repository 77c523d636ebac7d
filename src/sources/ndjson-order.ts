import { LATENESS_MS } from '../calls/order.ts';
import { recordsOf } from './ndjson-records.ts';
import { parseLine } from './record.ts';

/** The start of a record whose `ts` surely is its own: no bracket opens before it. */
const TS = /^\s*\{[^{[]{0,1000}?"ts"\s*:\s*(\d{12,14})\s*[,}]/;

/**
 * Whether the records of a byte stream are in order of time, up to what a reorder buffer puts right.
 * Reads only the start of each; what is unusual is parsed.
 */
export async function isInOrder(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  let newest = Number.NEGATIVE_INFINITY;
  for await (const records of recordsOf(chunks, { cut: false, truncated: false })) {
    for (const record of records) {
      const ts = record === undefined ? undefined : startOf(record);
      if (ts === undefined) continue;
      if (ts < newest - LATENESS_MS) return false;
      if (ts > newest) newest = ts;
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
