import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../../scripts/accuracy/incidents/score.ts';
import type { Truth } from '../../../scripts/accuracy/incidents/truth.ts';
import type { Investigation } from '../../../src/incident/investigation.ts';

const truth: Truth = {
  name: 'refusing',
  story: '',
  service: 'audit',
  kind: 'unreachable',
  onset: 10_000,
  origins: [{ service: 'audit', kinds: ['unreachable'], onset: 10_000 }],
  cascade: [
    ['audit', 'orders'],
    ['orders', 'gateway'],
  ],
  unseen: [['audit', 'orders']],
  lag: 0,
};

type Blame = readonly [workload: string, kind: string];

function found(
  blamed: readonly Blame[],
  edges: readonly (readonly [string, string])[] = [],
  evidence: readonly string[] = ['a'],
): Investigation {
  const said: Partial<Investigation> = {
    onset: blamed.length === 0 ? null : 10_400,
    rootCauses: blamed.map(([workload, kind]) => ({
      workload,
      kind: kind as 'slow',
      score: 0.5,
      explains: 1,
      reasons: [],
      evidence: [],
    })),
    cascade: edges.map(([from, to]) => ({
      from: { workload: from },
      to: { workload: to },
      effect: 'errors',
      calls: 3,
      of: 3,
      evidence: evidence.map((callId) => ({ callId, ts: 0, caller: '', operation: '' })),
    })),
  };
  return said as Investigation;
}

const has = (id: string) => id === 'a';

describe('the score of an investigation', () => {
  it('counts the origin, its kind, the onset and the cascade without what cannot be seen', () => {
    const right = found([['audit', 'unreachable']], [['orders', 'gateway']]);
    expect(scoreOf(right, truth, has)).toEqual({
      first: true,
      three: true,
      kind: true,
      onset: 400,
      edges: { right: 1, wrong: 0, missing: 0 },
      backed: true,
    });
  });

  it('counts a wrong origin, a wrong and a missing edge, and evidence that is none', () => {
    const wrong = found(
      [
        ['orders', 'failing'],
        ['audit', 'slow'],
      ],
      [['payment', 'orders']],
      ['b'],
    );
    expect(scoreOf(wrong, truth, has)).toMatchObject({
      first: false,
      three: true,
      edges: { right: 0, wrong: 1, missing: 1 },
      backed: false,
    });
  });

  it('wants nobody blamed where nothing is wrong, and in a surge neither', () => {
    const none = {
      ...truth,
      service: null,
      kind: null,
      onset: null,
      origins: [],
      cascade: [],
      unseen: [],
    };
    const surge = { ...none, kind: 'load', onset: 10_000 };
    const first = (blamed: readonly Blame[], one: Truth) => scoreOf(found(blamed), one, has).first;
    for (const one of [none, surge]) {
      expect(first([], one)).toBe(true);
      expect(first([['orders', 'slow']], one)).toBe(false);
    }
  });
});
