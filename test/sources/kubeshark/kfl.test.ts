import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../../src/calls/kfl.ts';
import { scopeFilters } from '../../../src/sources/kubeshark/kfl.ts';
import { compileKfl } from '../../hub/kfl.ts';
import { calls } from './capturing.ts';

const [record = calls(1)[0]] = calls(1);
if (record === undefined) throw new Error('no record');

describe('quoted values', () => {
  it('mean themselves, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, other) => {
        const matches = compileKfl(`method == ${quote(value)}`);
        expect(matches({ ...record, method: value })).toBe(true);
        expect(matches({ ...record, method: other })).toBe(other === value);
      }),
    );
  });
});

describe('the filter of a workload', () => {
  const [[filter = ''] = []] = scopeFilters({ route: 'auto', workload: ['orders'] });
  const matches = (src: object) => compileKfl(filter)({ ...record, src, dst: {} } as typeof record);

  it.each(['orders', 'orders-6d4b75cb6d-hx2vq', 'orders-0', 'orders-x7k2p'])(
    'finds its pod %s',
    (pod) => expect(matches({ pod })).toBe(true),
  );

  it.each(['orders-db-0', 'orders-cache-6d4b75cb6d-hx2vq', 'reorders-0', 'order-0'])(
    'leaves %s to others',
    (pod) => expect(matches({ pod })).toBe(false),
  );
});

it('sets the expression of the user apart, comments and all', () => {
  const filters = scopeFilters({ route: 'auto', namespace: ['shop'], kfl: 'http // all' });
  expect(filters[0]).toEqual(['"shop" in namespaces', 'http // all']);
});
