import type { Judgement, Verdict } from './judgement.ts';

const STRICTNESS: Readonly<Record<Verdict, number>> = { PASS: 0, INCONCLUSIVE: 1, FAIL: 2 };

/** Of several judgements of the same captures, the strictest; the first of those. */
export function strictest(judgements: readonly [Judgement, ...Judgement[]]): Judgement {
  return judgements.reduce((a, b) => (STRICTNESS[b.verdict] > STRICTNESS[a.verdict] ? b : a));
}
