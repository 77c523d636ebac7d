import type { Block } from './block.ts';
import { overrun } from './detachment.ts';
import type { Link } from './link.ts';

/** From this share of a kind of link on, what most of them do is the rule. */
const RULE = 0.9;
/** Confidence at most, of links that break the rule: their cause may be one that was not seen. */
const AT_MOST = 0.6;

/** An edge is rare below this share of the handled calls, and of the calls of that kind. */
const RARE_HANDLED = 0.05;
const RARE_CALLS = 0.15;

interface Kind {
  /** Handled calls with such a call, and those with just one. */
  causes: number;
  single: number;
  calls: number;
  /** Calls that ended before their cause did. */
  inside: number;
}

/**
 * Takes confidence from links that break the rule of their kind (parent operation, child operation):
 * several calls where one is the rule, a call that outlives its cause where none does, or an edge
 * that hardly exists. The calls of a handled call that was not seen crowd onto others so.
 */
export function doubtOutliers(links: readonly Link[], block: Block): Link[] {
  const { operation, operations } = block;
  const counts = new Map<number, number>();
  for (const { child, parent } of links) {
    if (parent === null) continue;
    const pair = parent * operations + (operation[child] as number);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const kinds = new Map<number, Kind>();
  const kindOf = (parent: number, childOperation: number) => {
    const key = (operation[parent] as number) * operations + childOperation;
    let kind = kinds.get(key);
    if (!kind) {
      kind = { causes: 0, single: 0, calls: 0, inside: 0 };
      kinds.set(key, kind);
    }
    return kind;
  };
  for (const [pair, count] of counts) {
    const kind = kindOf(Math.floor(pair / operations), pair % operations);
    kind.causes++;
    if (count === 1) kind.single++;
  }
  const handled = new Float64Array(operations);
  for (const op of operation) handled[op] = (handled[op] as number) + 1;
  for (const { child, parent } of links) {
    if (parent === null) continue;
    const kind = kindOf(parent, operation[child] as number);
    kind.calls++;
    if (isInside(block, parent, child)) kind.inside++;
  }
  return links.map((link) => {
    const { child, parent, confidence } = link;
    if (parent === null || confidence <= AT_MOST) return link;
    const kind = kindOf(parent, operation[child] as number);
    const several = (counts.get(parent * operations + (operation[child] as number)) ?? 0) > 1;
    const crowded = several && kind.single >= RULE * kind.causes;
    const late = kind.inside >= RULE * kind.calls && !isInside(block, parent, child);
    const rare =
      kind.causes < RARE_HANDLED * (handled[operation[parent] as number] as number) &&
      kind.calls < RARE_CALLS * (handled[operation[child] as number] as number);
    return crowded || late || rare ? { ...link, confidence: AT_MOST } : link;
  });
}

function isInside({ end }: Block, parent: number, child: number): boolean {
  return overrun((end[child] as number) - (end[parent] as number)) === 0;
}
