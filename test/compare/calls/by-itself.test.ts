import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { EdgeTotals } from '../../../src/profile/fanout-edges.ts';
import { call } from '../../support/calls.ts';
import { fanoutOf, judged, pairOf } from './make.ts';

const COMMIT = 'kafka COMMIT offsets';

/** So many commits that orders makes on no known call's account. */
function alone(calls: number): EdgeTotals {
  const edges = new EdgeTotals();
  for (let i = 0; i < calls; i++) {
    const one = call({
      id: `b/${i}`,
      from: 'orders',
      to: 'kafka',
      method: 'COMMIT',
      path: 'offsets',
    });
    edges.observe(one, targetOf(one));
  }
  return edges;
}

interface Side {
  /** Probes handled. */
  readonly handled: number;
  /** How many of them a commit is linked to. */
  readonly linked: number;
  readonly alone: number;
}

/** What is said of the commits under an operation, its severity first. */
function told(
  base: Side,
  cand: Side,
  operation = 'orders GET /healthz',
  timeRatio = 1,
  others: readonly string[] = [],
): string[] {
  const fanout = ({ handled, linked }: Side, side: string) =>
    fanoutOf(handled, (i) => (i < linked ? [{ to: COMMIT }] : []), { side });
  const pairs = [operation, ...others].map((name) =>
    pairOf(fanout(base, 'b'), fanout(cand, 'c'), name),
  );
  const background = { base: alone(base.alone), cand: alone(cand.alone) };
  const { findings } = judged(pairs, { background, timeRatio });
  return findings.map(({ severity, rule, summary }) => {
    const why = /as often in all/.test(summary)
      ? ' same'
      : /by itself/.test(summary)
        ? ' unclear'
        : '';
    return `${severity} ${rule}${why}`;
  });
}

describe('calls that a workload also makes by itself', () => {
  it('are no less than before where what a probe lost came elsewhere', () => {
    expect(
      told({ handled: 24, linked: 12, alone: 42 }, { handled: 24, linked: 0, alone: 54 }),
    ).toEqual(['info call.missing same']);
    expect(
      told({ handled: 36, linked: 12, alone: 40 }, { handled: 36, linked: 35, alone: 18 }),
    ).toEqual(['info call.count-changed same']);
    expect(
      told({ handled: 24, linked: 0, alone: 54 }, { handled: 24, linked: 15, alone: 40 }),
    ).toEqual(['info call.mutation-added same']);
  });

  it('follow the probes where these are more, since pods are', () => {
    expect(
      told({ handled: 24, linked: 12, alone: 42 }, { handled: 48, linked: 0, alone: 108 }),
    ).toEqual(['info call.missing same']);
  });

  it('follow the time where one pod makes them for all', () => {
    expect(
      told({ handled: 24, linked: 12, alone: 42 }, { handled: 36, linked: 0, alone: 54 }),
    ).toEqual(['info call.missing same']);
  });

  it('follow the time elsewhere, not the load', () => {
    const load = 'orders GET /a';
    expect(
      told({ handled: 100, linked: 50, alone: 200 }, { handled: 200, linked: 0, alone: 300 }, load),
    ).toEqual(['info call.missing same']);
    expect(
      told({ handled: 100, linked: 50, alone: 200 }, { handled: 200, linked: 0, alone: 200 }, load),
    ).toEqual(['breaking call.missing']);
    expect(
      told(
        { handled: 100, linked: 50, alone: 200 },
        { handled: 100, linked: 0, alone: 450 },
        load,
        2,
      ),
    ).toEqual(['info call.missing same']);
  });

  it('are missing where they are less in all', () => {
    expect(
      told({ handled: 200, linked: 200, alone: 200 }, { handled: 200, linked: 0, alone: 200 }),
    ).toEqual(['breaking call.missing']);
    expect(
      told({ handled: 200, linked: 0, alone: 200 }, { handled: 200, linked: 200, alone: 200 }),
    ).toEqual(['breaking call.mutation-added']);
  });

  it('may be missing where the sum is as irregular', () => {
    const load = 'orders GET /a';
    expect(
      told({ handled: 24, linked: 12, alone: 400 }, { handled: 24, linked: 0, alone: 400 }, load),
    ).toEqual(['warning call.missing unclear']);
  });

  it('meet a probe by chance where nearly all are made by itself, also as they become fewer', () => {
    const probe = (linked: number) =>
      told({ handled: 27, linked, alone: 160 }, { handled: 42, linked: 0, alone: 110 });
    expect(probe(15)).toEqual(['info call.missing same']);
    expect(probe(27)).toEqual(['info call.missing same']);
    expect(
      told({ handled: 27, linked: 27, alone: 60 }, { handled: 27, linked: 0, alone: 10 }),
    ).toEqual(['breaking call.missing']);
  });

  it('may be as many where none is left by itself, and the sum moved by chance', () => {
    const load = 'orders GET /a';
    expect(
      told({ handled: 100, linked: 0, alone: 10 }, { handled: 100, linked: 20, alone: 0 }, load),
    ).toEqual(['warning call.mutation-added same']);
    expect(
      told({ handled: 100, linked: 0, alone: 30 }, { handled: 100, linked: 60, alone: 0 }, load),
    ).toEqual(['breaking call.mutation-added']);
  });

  it('are no news of several operations that share what it did by itself, though it does more', () => {
    const shared = ['orders GET /b', 'orders GET /c', 'orders GET /d'];
    const of = (...sides: [Side, Side]) => told(...sides, 'orders GET /a', 1, shared);
    expect(
      of({ handled: 400, linked: 0, alone: 240 }, { handled: 400, linked: 80, alone: 0 }),
    ).toEqual(Array(4).fill('warning call.mutation-added same'));
    expect(
      of({ handled: 400, linked: 0, alone: 100 }, { handled: 400, linked: 80, alone: 0 }),
    ).toEqual(Array(4).fill('breaking call.mutation-added'));
  });

  it('are no less where a probe was linked to all of them', () => {
    expect(
      told({ handled: 36, linked: 36, alone: 0 }, { handled: 36, linked: 0, alone: 35 }),
    ).toEqual(['info call.missing same']);
    expect(
      told({ handled: 36, linked: 0, alone: 36 }, { handled: 36, linked: 36, alone: 0 }),
    ).toEqual(['info call.mutation-added same']);
  });

  it('are told where an operation left all of them to other work', () => {
    const load = 'orders GET /a';
    expect(
      told({ handled: 100, linked: 100, alone: 0 }, { handled: 100, linked: 0, alone: 98 }, load),
    ).toEqual(['warning call.missing same']);
    expect(
      told({ handled: 100, linked: 100, alone: 0 }, { handled: 100, linked: 0, alone: 350 }, load),
    ).toEqual(['breaking call.missing']);
  });

  it('say nothing where they are few beside what changed, or there are none', () => {
    expect(
      told({ handled: 100, linked: 100, alone: 20 }, { handled: 100, linked: 0, alone: 20 }),
    ).toEqual(['breaking call.missing']);
    expect(
      told({ handled: 24, linked: 12, alone: 42 }, { handled: 24, linked: 0, alone: 0 }),
    ).toEqual(['breaking call.missing']);
  });
});
