import { workloadOf } from '../../calls/operation.ts';
import type { Doubt } from '../doubt.ts';
import { percent } from '../words.ts';
import type { Sum } from './by-itself.ts';
import type { CalleePair } from './callee-pair.ts';
import { sureness } from './move.ts';

/** Mean confidence of the links below which a finding is a warning at best. */
export const SURE_ENOUGH = 0.75;
/** The same where another operation of the workload calls the callee as well, and may be the cause. */
const SURE_BESIDE = 0.85;
/** Links that were told, by headers or by the source: none that is inferred is as sure. */
const EXACT = 0.9995;

/** How sure links must be for what is found of a callee to break. */
export function surenessNeeded(all: readonly CalleePair[]): (called: CalleePair) => number {
  const key = ({ pair, callee }: CalleePair) => `${workloadOf(pair.operation)}\n${callee}`;
  const callers = Map.groupBy(all, key);
  return (called) => ((callers.get(key(called))?.length ?? 0) > 1 ? SURE_BESIDE : SURE_ENOUGH);
}

/** That which call caused which is less sure than it must be. */
export function unsureLinks(
  called: Pick<CalleePair, 'base' | 'cand'>,
  enough: number,
): Doubt | undefined {
  const sure = surenessOf(called);
  return sure < enough
    ? { words: `Which call caused which is unsure here (${percent(sure)}).` }
    : undefined;
}

/** That not all the calls of the workload show it: then it is not this operation's doing beyond doubt. */
export function unlikeSum(called: CalleePair, sum: Sum): Doubt | undefined {
  if (sum === 'tells' || (sum === 'handed' && surenessOf(called) >= EXACT)) return undefined;
  const { pair, callee } = called;
  const caller = workloadOf(pair.operation);
  if (sum === 'handed') {
    return {
      words: `But ${caller} calls ${callee} as often in all as before: which of its operations does so is not sure.`,
    };
  }
  const told = sum === 'unclear' ? '' : ', as often in all as before';
  return {
    ...(sum === 'same' && { atMost: 'info' }),
    words: `But ${caller} calls ${callee} by itself as well${told}: what happened to run at the same time may explain it.`,
  };
}

function surenessOf({ base, cand }: Pick<CalleePair, 'base' | 'cand'>): number {
  return Math.min(sureness(base), sureness(cand));
}
