import { encodeProfile } from '../../../src/profile/codec.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { encodeWindows } from '../../../src/profile/windows-codec.ts';
import { parseLine } from '../../../src/sources/record.ts';
import { generateNdjson } from '../../../test/support/records.ts';
import { LINES } from './records.ts';

/** The profile of records, a line each, in the order of their times. */
export function profileOfLines(lines: readonly string[]): Profile {
  const profiler = new Profiler({ oneCapture: true });
  const read = lines.map(parseLine);
  const tsOf = (one: (typeof read)[number]) => (one.kind === 'call' ? one.call.ts : 0);
  for (const one of read.toSorted((a, b) => tsOf(a) - tsOf(b))) profiler.push(one);
  return profiler.finish();
}

/** Files of profiles: of calls of all kinds, of a small shop, of nothing, and of several windows. */
export function profileFiles(): string[] {
  const shop = (seed: number) =>
    profileOfLines(generateNdjson({ seed, requests: 3 }).trimEnd().split('\n'));
  return [
    encodeProfile(profileOfLines(LINES)),
    encodeProfile(shop(1)),
    encodeProfile(profileOfLines([])),
    encodeWindows([profileOfLines(LINES.slice(0, 2)), profileOfLines(LINES.slice(2, 4))]),
  ];
}
