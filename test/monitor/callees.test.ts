import { expect, it } from 'vitest';
import { calleesOf } from '../../src/monitor/callees.ts';
import { OperationMeasure } from '../../src/monitor/measure/operation-measure.ts';
import type { SlotView } from '../../src/monitor/measure/slot-view.ts';

it('knows who calls whom from what was learned and from the slot itself', () => {
  const measure = new OperationMeasure({
    operation: 'stock GET /',
    workload: 'stock',
    protocol: 'http',
    mutation: false,
  });
  measure.callers.add('orders');
  const view = { operations: new Map([['stock GET /', measure]]) } as unknown as SlotView;
  const callees = calleesOf(view, (name) => new Set(name === 'orders' ? ['pay'] : []));
  expect([...callees('orders')].sort()).toEqual(['pay', 'stock']);
  expect([...callees('stock')]).toEqual([]);
});
