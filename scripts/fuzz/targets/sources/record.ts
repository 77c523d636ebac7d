import { targetOf } from '../../../../src/calls/target.ts';
import { parseLine } from '../../../../src/sources/record.ts';
import { formatRecord } from '../../../../src/sources/record-format.ts';
import { holds } from '../../engine/failure.ts';
import { LINES } from '../../material/records.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

/** The most segments that a path has; the last may stand for the rest. */
const MAX_SEGMENTS = 24 + 1;

export const target: Target = {
  holds:
    'a line is a call or counted as bad; a call that is written as a record is read as the same call; what is called has a bounded name',
  seeds: () => LINES,
  run: (input) => {
    const read = parseLine(Buffer.from(input).toString('utf8'));
    if (read.kind === 'bad' || isTakenForSeconds(read.call.ts)) return;
    const again = parseLine(formatRecord(read.call));
    holds(again.kind === 'call', 'a written call is read');
    same('a written call is the same call', again.call, read.call);
    const { segments } = targetOf(read.call);
    holds(segments.length <= MAX_SEGMENTS, 'segments are bounded', () => segments.join('/'));
    same('what is called is the same for the same call', targetOf(again.call), targetOf(read.call));
  },
};

/** From 1970 to 1973 a number of milliseconds is taken for seconds, where a date in words is not. */
function isTakenForSeconds(ts: number): boolean {
  return ts >= 1e9 && ts < 1e11;
}
