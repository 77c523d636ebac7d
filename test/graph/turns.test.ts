import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { linkBlock } from '../../src/graph/link.ts';
import { randomFrom } from '../../src/graph/random.ts';
import { shareRight, simulate, type Traffic } from './traffic.ts';

/** Requests of one service that wait long and variously before their one call. */
function waiting(inTurns: boolean): Traffic {
  const random = randomFrom(11);
  const { calls } = simulate({ plan: {}, entries: ['a GET /x'], requests: 800, every: 25 });
  const waits = calls.map(() => 5 + 25 * random());
  const begins = calls.map(({ ts }, i) => Math.floor(ts + (waits[i] as number)));
  const order = inTurns ? begins.toSorted((a, b) => a - b) : begins;
  const parents = calls.map((call): Call => ({ ...call, latency: 60 }));
  const children = parents.map(
    (parent, i): Call => ({
      ...parent,
      id: `d${parent.id}`,
      ts: Math.max(parent.ts, order[i] as number),
      latency: 2,
      src: parent.dst,
      dst: { ...parent.dst, workload: { name: 'b', kind: 'service' }, pod: 'b-0' },
    }),
  );
  return {
    calls: [...parents, ...children].sort((x, y) => x.ts - y.ts || (x.id < y.id ? -1 : 1)),
    truth: new Map(children.map((child, i) => [child.id, parents[i]?.id])),
  };
}

const right = (traffic: Traffic) => {
  const links = linkBlock(traffic.calls, 0, Number.POSITIVE_INFINITY);
  const ofChildren = links.filter(({ child }) => traffic.truth.has(traffic.calls[child]?.id ?? ''));
  return shareRight(traffic, ofChildren);
};

describe('a service that takes requests in turn', () => {
  it('is recognised, and then order tells what delays cannot', () => {
    const [inTurns, freely] = [right(waiting(true)), right(waiting(false))];
    expect(inTurns).toBeGreaterThan(0.9);
    expect(inTurns).toBeGreaterThan(freely + 0.15);
  });
});
