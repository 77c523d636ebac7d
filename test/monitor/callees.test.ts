import { expect, it } from 'vitest';
import { calleesOf, servedIn } from '../../src/monitor/callees.ts';
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

it('knows them under the name of the pods’ owner too', () => {
  const name = { workload: 'redis', protocol: 'redis', mutation: false };
  const measure = new OperationMeasure({ operation: 'redis GET', ...name });
  measure.callers.add('orders-green');
  const view = {
    operations: new Map([['redis GET', measure]]),
    servesAs: new Map([['orders-green', 'orders']]),
  } as unknown as SlotView;
  const callees = calleesOf(view, (name) => new Set(name === 'orders-green' ? ['db'] : []));
  expect([...callees('orders')].sort()).toEqual(['db', 'redis']);
  expect([...callees('redis')]).toEqual([]);
});

it('a health check of a workload is no call of its operation', () => {
  const name = { workload: 'stock', protocol: 'http', mutation: false };
  const measure = new OperationMeasure({ operation: 'stock GET /healthz', ...name });
  const view = { operations: new Map([['stock GET /healthz', measure]]) } as unknown as SlotView;
  const served = servedIn(view);
  expect(served({ workload: 'stock' })).toBe(true);
  expect(served({ workload: 'stock', operation: 'stock GET /healthz' })).toBe(true);
  expect(served({ workload: 'stock', operation: 'stock POST /orders' })).toBe(false);
  expect(served({ workload: 'orders' })).toBe(false);
});
