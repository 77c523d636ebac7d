import type { Symptom } from '../incident-case.ts';
import type { Traffic } from '../traffic.ts';
import { ownTimes } from './own-time.ts';
import { type Tree, treeOf } from './tree.ts';
import { type Weights, weightsOf } from './weights.ts';

/** One side of a case with what follows from its links. */
export interface Side extends Weights {
  readonly traffic: Traffic;
  readonly tree: Tree;
  /** ms by row. */
  readonly own: Float64Array;
}

export function sideOf(traffic: Traffic, symptom: Symptom): Side {
  const tree = treeOf(traffic);
  return { traffic, tree, own: ownTimes(traffic, tree), ...weightsOf(traffic, tree, symptom) };
}
