import { describe, expect, it } from 'vitest';
import { targetOf } from '../../src/calls/target.ts';
import { blockOf } from '../../src/graph/block.ts';
import { candidatesOf } from '../../src/graph/candidates.ts';
import { lessonOf } from '../../src/graph/lesson.ts';
import { call } from '../support/calls.ts';

/** One request a time, handled by `gateway`, which makes one call. */
function lesson(requests: number, every: number) {
  const calls = Array.from({ length: requests }, (_, i) => {
    const ts = 1_000_000 + Math.floor(i * every);
    return [
      call({ id: `a${i}`, ts, latency: 4, from: 'web', to: 'gateway', path: '/' }),
      call({ id: `b${i}`, ts: ts + 1, latency: 2, from: 'gateway', to: 'orders', path: '/' }),
    ];
  })
    .flat()
    .sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));
  const block = blockOf(calls, calls.map(targetOf));
  const none = { narrowed: new Map(), excluded: () => false };
  const candidates = candidatesOf(block, none);
  const children = calls.flatMap(({ id }, i) => (id.startsWith('b') ? [i] : []));
  const handled = calls.flatMap(({ id }, i) => (id.startsWith('a') ? [i] : []));
  return { block, children, handled, lesson: lessonOf(block, candidates, children, handled) };
}

describe('what of a block is learned from', () => {
  it('is all of it where it is small', () => {
    const { children, handled, lesson: all } = lesson(500, 10);
    expect(all).toEqual({ children, parents: handled, handled });
  });

  it('is a few stretches of a large one, with handled calls whose calls lie inside', () => {
    const { block, lesson: part } = lesson(30_000, 2);
    expect(part.children.length).toBe(12_000);
    const drawn = new Set(part.children.map((child) => block.start[child]));
    for (const parent of part.handled) {
      expect(drawn.has((block.start[parent] as number) + 1)).toBe(true);
    }
    expect(part.handled.length).toBeGreaterThan(11_900);
  });

  it('lasts seconds however busy the block is, so that slow calls are learned too', () => {
    const { block, lesson: part } = lesson(60_000, 0.2);
    const starts = part.children.map((child) => block.start[child] as number);
    expect((starts.at(-1) as number) - (starts[0] as number)).toBeGreaterThan(2_900);
  });
});
