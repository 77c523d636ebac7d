import { crc32 } from 'node:zlib';
import type { Capture } from '../calls/observation.ts';
import { CallTimes } from './call-times.ts';
import type { Near } from './record-place.ts';

/** What a look over a capture tells: enough to cut it, and to know it again. */
export interface Survey {
  readonly times: CallTimes;
  /** Whether its records are in order of time, as they stand. */
  readonly inOrder: boolean;
  /** The same for the same records, and hardly for others. */
  readonly fingerprint: string;
}

/** The look for those formats that must be read to be looked over. */
export async function surveyCalls({ batches }: Capture): Promise<Survey> {
  const times = new CallTimes();
  const sum = new Fingerprint();
  for await (const batch of batches) {
    for (const observation of batch) {
      if (observation.kind !== 'call') sum.add('');
      else {
        const { ts, id, src, dst, method, path, status } = observation.call;
        const who = [src.workload.name, dst.workload.name];
        times.add(ts);
        sum.add(JSON.stringify([ts, id, ...who, method, path, status]));
      }
    }
  }
  return { times, inOrder: true, fingerprint: sum.toString() };
}

/** A capture with the calls of some times alone. */
export function nearCalls(capture: Capture, near: Near): Capture {
  return { ...capture, batches: those(capture, near) };
}

async function* those({ batches }: Capture, near: Near) {
  for await (const batch of batches) {
    yield batch.filter((seen) => seen.kind === 'bad' || near(seen.call.ts));
  }
}

/** Tells records from others: their number, their length and a checksum. */
export class Fingerprint {
  #records = 0;
  #length = 0;
  #sum = 0;

  /** Takes the next record's text. */
  add(record: string): void {
    this.#records += 1;
    this.#length += record.length;
    this.#sum = crc32(record, this.#sum);
  }

  toString(): string {
    const sum = this.#sum.toString(16).padStart(8, '0');
    return `${this.#records} records, ${this.#length} characters, CRC-32 ${sum}`;
  }
}
