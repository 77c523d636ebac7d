import type { Symptom } from '../incident-case.ts';
import type { Stretch, Traffic } from '../traffic.ts';
import { ownTimes } from './own-time.ts';
import { spansOf } from './spans.ts';
import { type Tree, treeOf } from './tree.ts';
import { wholeOf } from './troubled-time.ts';
import { type Weights, weightsOf } from './weights.ts';

/** One side of a case with what follows from its links. */
export interface Side extends Weights {
  readonly traffic: Traffic;
  /** The time whose calls are compared. */
  readonly within: Stretch;
  readonly tree: Tree;
  /** ms by row: how long it was waited for, and in how much of that nothing it called was under way. */
  readonly spans: Float64Array;
  readonly own: Float64Array;
}

export function sideOf(traffic: Traffic, symptom: Symptom, within = wholeOf(traffic)): Side {
  const tree = treeOf(traffic);
  const spans = spansOf(traffic, tree);
  const own = ownTimes(traffic, tree, spans);
  return { traffic, within, tree, spans, own, ...weightsOf(traffic, tree, spans, symptom) };
}
