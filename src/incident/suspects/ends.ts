import type { UsualLatencies } from '../failures/troubled.ts';
import { toldInAnswer } from '../rejections.ts';
import { Ending } from '../traffic.ts';
import type { End } from './faults.ts';
import { lastTroubleOf } from './last-trouble.ts';
import type { MissingCallees } from './missing-callees.ts';
import type { Side } from './side.ts';

/** What a failing call that its caller copes with is to those who wait, in failing ones. */
const COPED = 0.2;

/** Where each failing call that counts ends: the last failing call below it, and who went silent there. */
export function endsOf(
  good: Side,
  bad: Side,
  missing: MissingCallees,
  troubled: Float64Array,
  usual: UsualLatencies,
): End[] {
  const { traffic } = bad;
  const lastTrouble = lastTroubleOf(good, bad, troubled, usual);
  const ends: End[] = [];
  for (let row = 0; row < traffic.size; row++) {
    const part = feltOf(row, bad, troubled);
    if (part === 0) continue;
    const amount = part * (troubled[row] as number);
    const { row: last, late = false } = lastTrouble(row);
    // Who rejects a call has not come to its own callees; who answers with an error may have.
    const rejects = traffic.ending[last] === Ending.rejected && !toldInAnswer(traffic, last);
    const silent = late || rejects ? undefined : missing.of(last);
    ends.push({ row, amount, last, late, ...(silent && { silent }) });
  }
  return ends;
}

/** Share of a failing call that counts: all where it is waited for, some where its caller copes with that. */
function feltOf(row: number, { traffic, entry }: Side, troubled: Float64Array): number {
  if (troubled[row] === 0) return 0;
  if (entry[row] === row) return 1;
  const parent = traffic.parent[row] as number;
  const copes = parent >= 0 && troubled[parent] === 0 && traffic.ending[parent] === Ending.fine;
  return copes && traffic.ending[row] !== Ending.rejected ? COPED : 0;
}
