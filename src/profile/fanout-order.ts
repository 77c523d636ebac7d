import type { ChildCall } from './fanout-child.ts';

/** A handled call with more different targets than this promises no order worth keeping. */
const MAX_TARGETS = 24;

/** `<`: all of the first had ended before any of the second began. `~`: neither way round. */
export type Relation = '<' | '~';

/**
 * How the targets of one handled call follow each other, as `key relation key` lines. Overlap, and a
 * start within the same millisecond, is no evidence of order.
 */
export function precedences(byTarget: ReadonlyMap<string, readonly ChildCall[]>): string[] {
  if (byTarget.size < 2 || byTarget.size > MAX_TARGETS) return [];
  const spans = [...byTarget].map(([key, calls]) => {
    const starts = calls.map(({ call }) => call.ts);
    const ends = calls.map(({ call }) => call.ts + (call.latency ?? Number.POSITIVE_INFINITY));
    return { key, first: Math.min(...starts), last: Math.max(...starts), end: Math.max(...ends) };
  });
  spans.sort((a, b) => (a.key < b.key ? -1 : 1));
  const lines: string[] = [];
  for (let i = 0; i < spans.length; i++) {
    for (let j = i + 1; j < spans.length; j++) {
      const a = spans[i] as (typeof spans)[number];
      const b = spans[j] as (typeof spans)[number];
      if (a.last < b.first && a.end <= b.first + 1) lines.push(relationLine(a.key, '<', b.key));
      else if (b.last < a.first && b.end <= a.first + 1)
        lines.push(relationLine(b.key, '<', a.key));
      else lines.push(relationLine(a.key, '~', b.key));
    }
  }
  return lines;
}

function relationLine(a: string, relation: Relation, b: string): string {
  return `${a}\n${relation}\n${b}`;
}

/** Reads a line back; throws RangeError on anything else. */
export function readRelation(line: string): readonly [a: string, relation: Relation, b: string] {
  const [a, relation, b] = line.split('\n') as [string, ...string[]];
  if (b === undefined || (relation !== '<' && relation !== '~')) {
    throw new RangeError('not a relation');
  }
  return [a, relation, b];
}
