import { describe, expect, it } from 'vitest';
import { nameCalleeCauses } from '../../../src/compare/causes/callees.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import type { Pairing } from '../../../src/compare/pairs.ts';
import { finding } from '../../support/judgements.ts';

/** web calls orders, orders calls db; a and b call each other. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  web: ['orders'],
  orders: ['db', 'orders'],
  db: [],
  a: ['b'],
  b: ['a'],
};
const pairing = {
  pairs: Object.entries(CALLS).map(([operation, callees]) => ({
    operation,
    cand: {
      fanout: {
        outcomes: [['2xx', { targets: new Map(callees.map((to) => [{ workload: to }, []])) }]],
      },
    },
  })),
  name: ({ workload }: { workload: string }) => workload,
} as unknown as Pairing;

const causes = (...findings: Finding[]) =>
  nameCalleeCauses(findings, pairing).map(({ causedBy }) => causedBy);
const slow = (operation: string, by: number, given: Partial<Finding> = {}) =>
  finding({
    rule: 'latency.p95-increased',
    category: 'performance',
    operation,
    path: 'P95',
    baseline: 10,
    candidate: 10 + by,
    ...given,
  });
const ofDb = 'latency.p95-increased db P95';

describe('what a caller suffers', () => {
  it.each([
    ['from what it calls', [slow('orders', 20), slow('db', 20)], [ofDb, undefined]],
    ['from what that calls', [slow('web', 20), slow('db', 20)], [ofDb, undefined]],
    ['from half of it', [slow('orders', 40), slow('db', 20)], [ofDb, undefined]],
    ['more than it explains', [slow('orders', 41), slow('db', 20)], [undefined, undefined]],
    ['and does not call', [slow('db', 20), slow('a', 20)], [undefined, undefined]],
    ['in a circle', [slow('a', 20), slow('b', 20)], [undefined, undefined]],
    [
      'from a warning',
      [slow('orders', 20), slow('db', 20, { severity: 'warning' })],
      [undefined, undefined],
    ],
    [
      'as a warning from a warning',
      [slow('orders', 20, { severity: 'warning' }), slow('db', 20, { severity: 'warning' })],
      [ofDb, undefined],
    ],
    [
      'from what is only told',
      [slow('orders', 20), slow('db', 20, { severity: 'info' })],
      [undefined, undefined],
    ],
    [
      'and is only told',
      [slow('orders', 20, { severity: 'info' }), slow('db', 20)],
      [undefined, undefined],
    ],
    ['and is explained', [slow('orders', 20, { causedBy: 'x' }), slow('db', 20)], ['x', undefined]],
    [
      'in another way',
      [slow('orders', 20), finding({ operation: 'db', category: 'new-error' })],
      [undefined, undefined],
    ],
    [
      'in the calls it makes',
      [
        finding({ operation: 'orders', category: 'behaviour' }),
        finding({ operation: 'db', category: 'behaviour' }),
      ],
      [undefined, undefined],
    ],
  ] as const)('%s', (_, given, expected) => {
    expect(causes(...given)).toEqual(expected);
  });

  it('from an error, however large, and from a schema at the same place; what it asks is its own doing', () => {
    const error = (operation: string, candidate: number) =>
      finding({
        rule: 'error.new-status',
        category: 'new-error',
        operation,
        path: 'status 500',
        candidate,
      });
    expect(causes(error('orders', 90), error('db', 1))).toEqual([
      'error.new-status db status 500',
      undefined,
    ]);
    const field = (
      operation: string,
      path: string,
      rule: Finding['rule'] = 'schema.field-removed',
    ) => finding({ operation, path, rule });
    const told = 'schema.field-removed db response 200 /a';
    expect(causes(field('orders', 'response 200 /a'), field('db', 'response 200 /a'))).toEqual([
      told,
      undefined,
    ]);
    expect(causes(field('orders', 'response 200 /b'), field('db', 'response 200 /a'))).toEqual([
      undefined,
      undefined,
    ]);
    expect(
      causes(
        field('orders', 'response 200 /a', 'schema.field-added'),
        field('db', 'response 200 /a'),
      ),
    ).toEqual([undefined, undefined]);
    const asked = [field('orders', 'request /a'), field('db', 'request /a')];
    expect(causes(...asked)).toEqual([undefined, 'schema.field-removed orders request /a']);
  });
});
