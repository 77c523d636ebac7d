import { CallTimes } from './call-times.ts';
import { bytesOfFile, empty, Tolerant } from './ndjson-bytes.ts';
import { OrderWatch } from './ndjson-order.ts';
import { recordsOf } from './ndjson-records.ts';
import { timeOf } from './record-time.ts';
import { Fingerprint, type Survey } from './survey.ts';

/** Looks over a file for when its calls are, without reading them. Throws CaptureError for what can't be read at all. */
export async function surveyNdjson(path: string): Promise<Survey> {
  const times = new CallTimes();
  const order = new OrderWatch();
  const sum = new Fingerprint();
  let records = 0;
  const chunks = new Tolerant(bytesOfFile(path)).chunks();
  for await (const batch of recordsOf(chunks, { cut: false, truncated: false })) {
    records += batch.length;
    for (const record of batch) {
      sum.add(record ?? '');
      const ts = record === undefined ? undefined : timeOf(record);
      if (ts === undefined) continue;
      times.add(ts);
      order.add(ts);
    }
  }
  if (records === 0) throw empty(path);
  return { times, inOrder: order.inOrder, fingerprint: sum.toString() };
}
