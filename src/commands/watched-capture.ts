import type { Batch, Capture } from '../calls/observation.ts';
import { SOURCE_KINDS } from '../calls/source-kinds.ts';
import { CaptureError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';

/**
 * The capture while it is read: says how far it is, stops when told to, and throws CaptureError where
 * none of its records is a call, unless it is only a part. `name`: what it is called, for people.
 */
export function watchedCapture(
  name: string,
  capture: Capture,
  io: CommandIO,
  extent: 'whole' | 'part' = 'whole',
): Capture {
  return { ...capture, batches: watch(name, capture, io, extent) };
}

async function* watch(
  name: string,
  { batches, source = 'calls' }: Capture,
  io: CommandIO,
  extent: 'whole' | 'part',
): AsyncGenerator<Batch> {
  let count = 0;
  let bad = 0;
  let firstReason = '';
  for await (const batch of batches) {
    io.signal.throwIfAborted();
    for (const observation of batch) {
      if (++count % 10_000 === 0) io.progress.step(`reading ${name}`, count);
      if (observation.kind === 'bad' && bad++ === 0) firstReason = observation.reason;
    }
    yield batch;
  }
  if (extent === 'whole' && count > 0 && bad === count) {
    throw new CaptureError(
      `cannot read ${name}: none of its ${bad} records is a call (${firstReason})`,
      { hint: SOURCE_KINDS[source].form },
    );
  }
}
