import { describe, expect, it } from 'vitest';
import { shopJudgement } from '../../support/shop-judgement.ts';

describe('the operations of a judgement', async () => {
  const { operations, findings } = await shopJudgement();
  const list = operations?.list ?? [];
  const of = (name: string) => list.find(({ operation }) => operation === name);

  it('are all there, those with findings first in the order of the findings', () => {
    expect(operations?.leftOut).toBe(0);
    const told = [...new Set(findings.map(({ operation }) => operation))];
    const known = told.filter((operation) => of(operation));
    expect(list.slice(0, known.length).map(({ operation }) => operation)).toEqual(known);
  });

  it('hold as many statuses as calls', () => {
    for (const { calls, statuses } of list) {
      const sum = (side: 'baseline' | 'candidate') => statuses.reduce((n, s) => n + s[side], 0);
      expect([sum('baseline'), sum('candidate')]).toEqual([calls.baseline, calls.candidate]);
    }
  });

  it('show the new status, the call that is gone and the field that is gone', () => {
    expect(of('payment POST /charges')?.statuses).toContainEqual(
      expect.objectContaining({ status: '500', kind: 'server', baseline: 0 }),
    );
    expect(of('orders POST /api/orders')?.callees).toContainEqual({
      to: 'audit POST /events',
      baseline: expect.any(Number),
      candidate: null,
    });
    const [tree] = of('orders GET /api/orders/{id}')?.schemas ?? [];
    expect(tree?.message).toBe('response 200');
    expect(tree?.root.children?.find(({ name }) => name === 'currency')).toMatchObject({
      baseline: { type: expect.stringContaining('string') },
      candidate: null,
    });
  });

  it('are the same in another run, to the byte', async () => {
    expect(JSON.stringify((await shopJudgement()).operations)).toBe(JSON.stringify(operations));
  });
});
