import type { CascadeStep } from '../../../incident/investigation.ts';
import { EFFECT_WORDS, placeWords } from '../../incident/incident-words.ts';
import { grouped } from '../../words.ts';
import type { Drawing } from '../graph-model.ts';

/** Edges that are drawn at most: a larger picture shows nothing. */
const MAX_EDGES = 120;

export interface CascadeDrawing {
  /** In order of onset, none before what reached its beginning; those without an onset last. */
  readonly steps: readonly CascadeStep[];
  readonly drawing: Drawing;
  /** Places from which it spread, and to which it did not. */
  readonly origins: ReadonlySet<string>;
  /** Place → the first step that reaches it, from 1. */
  readonly reachedBy: ReadonlyMap<string, number>;
}

/** What of a cascade is drawn, from the origin on the left to who suffered on the right. */
export function cascadeDrawing(cascade: readonly CascadeStep[]): CascadeDrawing {
  const steps = inOrder(cascade.slice(0, MAX_EDGES));
  const reachedBy = new Map<string, number>();
  steps.forEach(({ to }, i) => {
    const name = placeWords(to);
    if (!reachedBy.has(name)) reachedBy.set(name, i + 1);
  });
  const names = new Set(steps.flatMap(({ from, to }) => [placeWords(from), placeWords(to)]));
  return {
    steps,
    origins: new Set([...names].filter((name) => !reachedBy.has(name))),
    reachedBy,
    drawing: {
      nodes: [...names].map((name) => ({ name, folded: false, hidden: 0, open: false })),
      edges: steps.map(({ from, to, effect, calls, of }) => ({
        from: placeWords(from),
        to: placeWords(to),
        change: 'changed',
        label: `${EFFECT_WORDS[effect]}: ${grouped(calls)} of ${grouped(of)}`,
      })),
      leftOut: cascade.length - steps.length,
    },
  };
}

/** Onsets are estimates: what spreads from a place is told after what reached it. */
function inOrder(cascade: readonly CascadeStep[]): CascadeStep[] {
  const at = ({ since }: CascadeStep) => since?.at ?? Number.POSITIVE_INFINITY;
  const left = cascade.toSorted((a, b) => at(a) - at(b) || 0);
  const suffering = new Set(left.map(({ to }) => placeWords(to)));
  const reached = new Set<string>();
  const steps: CascadeStep[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ from }) => {
      const name = placeWords(from);
      return reached.has(name) || !suffering.has(name);
    });
    // In a circle nothing is first but the earliest.
    const [step] = left.splice(Math.max(0, next), 1);
    if (!step) break;
    reached.add(placeWords(step.to));
    steps.push(step);
  }
  return steps;
}
