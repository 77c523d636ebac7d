import { type Linked, linkKept } from '../incident/reading/link-kept.ts';
import type { Kept, Reading } from '../incident/reading/reading.ts';
import { decodeProfile } from '../profile/codec.ts';
import type { CommandIO } from './command.ts';
import { hasSecondThread, inThread } from './thread/in-thread.ts';

/** Fewer whole calls are linked sooner than another thread has begun. */
const MANY = 2_000;

/** Links both sides of an investigation, side by side where they are large; gives a reading's links. */
export async function linked(
  good: Reading,
  bad: Reading,
  io: CommandIO,
  many = MANY,
): Promise<(reading: Reading) => Linked> {
  const there = hasSecondThread() && countOf(good) >= many && countOf(bad) >= many;
  const asked = there ? inThread('link', keptOf(good), io) : undefined;
  const ofBad = linkKept(bad);
  const answer = await asked;
  const ofGood = answer ? { ...answer, profile: decodeProfile(answer.profile) } : linkKept(good);
  return (reading) => (reading === good ? ofGood : ofBad);
}

function countOf({ kept }: Reading): number {
  return kept.reduce((count, { calls }) => count + calls.length, 0);
}

/** Without the columns, which need not be copied. */
function keptOf({ first, last, start, end, kept }: Reading): Kept {
  return { first, last, start, end, kept };
}
