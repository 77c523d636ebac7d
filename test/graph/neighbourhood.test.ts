import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { LINK_MARGIN_MS, neighbourhood } from '../../src/graph/neighbourhood.ts';
import { call } from '../support/calls.ts';

const from = 1_700_000_040_000;
const to = from + 60_000;
const at = (ts: number, latency = 1) => call({ id: `c${ts}`, ts, latency });
const near = (calls: readonly Call[]) => neighbourhood(calls, (one) => one, from, to);

describe('what linking a block looks at', () => {
  it('is the block and up to the margin on both sides, where calls are few', () => {
    const inside = [at(from - LINK_MARGIN_MS), at(from), at(to - 1), at(to + LINK_MARGIN_MS - 1)];
    const beyond = [at(from - LINK_MARGIN_MS - 1), at(to + LINK_MARGIN_MS)];
    expect(near([...beyond, ...inside].sort((a, b) => a.ts - b.ts))).toEqual(inside);
  });

  it('is the nearest and what was still open, where calls are many', () => {
    const before = Array.from({ length: 9_000 }, (_, i) => at(from - 9_000 + i));
    const open = at(from - 12_000, 12_500);
    const ended = at(from - 11_000, 2);
    const found = near([open, ended, ...before, at(from)]);
    expect(found[0]).toBe(open);
    expect(found).not.toContain(ended);
    expect(found.length).toBe(3_000 + 2);
  });

  it('is all of the second before the block, however many that are', () => {
    const before = Array.from({ length: 5_000 }, (_, i) => at(from - 1_000 + Math.floor(i / 5)));
    expect(near([...before, at(from)]).length).toBe(5_001);
  });
});
