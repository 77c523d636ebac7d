import { readChildKey } from '../../profile/fanout-child.ts';
import { readRelation } from '../../profile/fanout-order.ts';
import { counted } from '../../support/quantity.ts';
import type { Namer } from '../draw-names.ts';
import type { Evidence, Finding } from '../finding.ts';
import { wilsonInterval } from '../stats/exact.ts';
import { percent } from '../words.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair, OutcomeSide } from './pair.ts';

/** Order counts as kept from this share of the handled calls with both callees on. */
const KEPT = 0.9;
const LEVEL = 0.95;

interface Both {
  first: number;
  second: number;
  together: number;
}

/**
 * Two callees that were called one after the other, and are now called the other way round. Order
 * that was never kept, and calls that now overlap, are no finding: nobody promised them.
 */
export function compareOrder(
  pairs: readonly OutcomePair[],
  name: Namer,
  minSamples: number,
): Finding[] {
  return pairs.flatMap((pair) => {
    const before = orders(pair.base, name);
    const after = orders(pair.cand, name);
    const swapped: { line: string; base: Both; cand: Both; forward: boolean }[] = [];
    for (const [line, base] of [...before].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const cand = after.get(line);
      if (!cand || base.together < minSamples || cand.together < minSamples) continue;
      const forward = base.first >= KEPT * base.together && cand.second >= KEPT * cand.together;
      const backward = base.second >= KEPT * base.together && cand.first >= KEPT * cand.together;
      if (forward || backward) swapped.push({ line, base, cand, forward });
    }
    const [worst, ...others] = swapped;
    if (!worst) return [];
    return [report(pair, worst, others.length)];
  });
}

function report(
  pair: OutcomePair,
  { line, base, cand, forward }: { line: string; base: Both; cand: Both; forward: boolean },
  others: number,
): Finding {
  const [a, b] = line.split('\n') as [string, string];
  const [first, second] = forward ? [a, b] : [b, a];
  const kept = (forward ? base.first : base.second) / base.together;
  const now = (forward ? cand.second : cand.first) / cand.together;
  const [low, high] = wilsonInterval(Math.round(now * cand.together), cand.together, LEVEL);
  const more = others > 0 ? ` So have ${counted(others, 'other pair')} of calls.` : '';
  return {
    rule: 'call.order-changed',
    category: 'behaviour',
    severity: 'breaking',
    operation: pair.operation,
    path: `${second} before ${first}`,
    summary: `Calls ${second} before ${first} in ${percent(now)} of ${cand.together} handled calls; before, ${first} came first in ${percent(kept)} of ${base.together}.${more}`,
    baseline: `${first}, ${second}`,
    candidate: `${second}, ${first}`,
    effect: now,
    interval: { low, high, level: LEVEL },
    samples: { baseline: base.together, candidate: cand.together },
    evidence: [
      ...examples(pair.base, first, 'baseline'),
      ...examples(pair.cand, first, 'candidate'),
    ],
  };
}

function examples(side: OutcomeSide, callee: string, which: Evidence['side']): Evidence[] {
  const counts = side.children.get(callee)?.stats.counts ?? [];
  return callEvidence(counts[0]?.[1].examples.ids ?? [], which, 'a handled call with this order');
}

/** Relations between callees by plain form (`a\nb`, a < b). */
function orders({ fanout }: OutcomeSide, name: Namer): Map<string, Both> {
  const result = new Map<string, Both>();
  if (fanout.relations.capped) return result;
  for (const [line, handled] of fanout.relations.entries()) {
    const [x, relation, y] = readRelation(line);
    const [a, b] = [x, y].map((key) => {
      const { family, segments } = readChildKey(key);
      return name(family, segments);
    }) as [string, string];
    if (a === b) continue;
    const inOrder = a < b;
    const key = inOrder ? `${a}\n${b}` : `${b}\n${a}`;
    let both = result.get(key);
    if (!both) {
      both = { first: 0, second: 0, together: 0 };
      result.set(key, both);
    }
    both.together += handled;
    if (relation === '~') continue;
    if (inOrder) both.first += handled;
    else both.second += handled;
  }
  return result;
}
