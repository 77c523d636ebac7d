import { counted } from '../../support/quantity.ts';
import type { Evidence } from '../finding.ts';
import { type ChildView, countQuantile } from './child-view.ts';

const EACH_SIDE = 3;

/** Handled calls with the usual count of each side, and some of the calls they made. */
export function countEvidence(
  base: ChildView | undefined,
  cand: ChildView | undefined,
): Evidence[] {
  return [...usual(base, 'baseline'), ...usual(cand, 'candidate')];
}

export function callEvidence(
  ids: readonly string[],
  side: Evidence['side'],
  note: string,
): Evidence[] {
  return ids.slice(0, EACH_SIDE).map((callId) => ({ callId, side, note }));
}

function usual(view: ChildView | undefined, side: Evidence['side']): Evidence[] {
  if (!view) return [];
  const count = countQuantile(view, 0.5);
  const known = view.stats.counts;
  const [k, stats] = known.find(([n]) => n === count) ?? known.at(-1) ?? [];
  if (k === undefined || !stats) return [];
  return [
    ...callEvidence(stats.examples.ids, side, `makes ${counted(k, 'such call')}`),
    ...callEvidence(view.stats.examples.ids.slice(0, 2), side, 'the call made'),
  ];
}
