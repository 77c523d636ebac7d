import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { failuresOf } from '../../../src/incident/failures/failures-of.ts';
import { readingOf, type ShopOptions, START, shopTraffic } from '../shop-traffic.ts';

const BAD = START + 60_000;
const ONSET = BAD + 10_000;

function failures(bad: Partial<ShopOptions>, change = (calls: Call[]): Call[] => calls) {
  const given = caseOf(
    readingOf(shopTraffic({ seconds: 60, seed: 1 })),
    readingOf(change(shopTraffic({ seconds: 60, seed: 2, start: BAD, ...bad }))),
    { minSamples: 20 },
  );
  const name = (operation: number) => given.names.operations[operation]?.operation;
  return failuresOf(given).map((failure) => ({
    ...failure,
    operation: name(failure.operation),
    through: failure.through.map(({ operation }) => name(operation)),
  }));
}

function shapes(found: ReturnType<typeof failures>) {
  return Object.fromEntries(found.map(({ operation, shape }) => [operation, shape]));
}

describe('failuresOf', () => {
  it('follows errors to where they begin', () => {
    const found = failures({ fails: { service: 'payment', from: ONSET } });
    expect(shapes(found)).toEqual({
      'gateway GET /gateway': 'carrier',
      'orders GET /orders': 'carrier',
      'payment GET /payment': 'origin',
    });
    const orders = found.find(({ operation }) => operation === 'orders GET /orders');
    expect(orders?.through).toEqual(['payment GET /payment']);
    expect(orders?.statuses.map(({ status }) => status)).toEqual(['500']);
    for (const { troubled, calls, rows, sure } of found) {
      expect(troubled).toBeLessThan(calls);
      expect(rows.length).toBe(10);
      expect(sure).toBeGreaterThan(0.9);
    }
  });

  it('follows latency to where it begins', () => {
    const found = failures({ slow: { service: 'inventory', from: ONSET, factor: 8 } });
    expect(shapes(found)).toEqual({
      'gateway GET /gateway': 'carrier',
      'inventory GET /inventory': 'origin',
      'orders GET /orders': 'carrier',
    });
  });

  it('names the callee that is called no more by calls that fail for it', () => {
    const dead = new Set(['payment']);
    const found = failures({ fails: { service: 'payment', from: ONSET } }, (calls) =>
      calls.filter(({ ts, dst }) => ts < ONSET || !dead.has(dst.workload.name)),
    );
    expect(shapes(found)).toEqual({
      'gateway GET /gateway': 'carrier',
      'orders GET /orders': 'carrier',
      'payment GET /payment': 'refused',
    });
    const payment = found.find(({ operation }) => operation === 'payment GET /payment');
    expect(payment?.unmade).toBeGreaterThan(100);
  });

  it('takes what answers no more for refused', () => {
    const found = failures({ fails: { service: 'payment', from: ONSET } }, (calls) =>
      calls.map((call) =>
        call.dst.workload.name === 'payment' && call.status === '500'
          ? { ...call, status: undefined, latency: undefined }
          : call,
      ),
    );
    expect(shapes(found)['payment GET /payment']).toBe('refused');
    expect(shapes(found)['orders GET /orders']).toBe('carrier');
  });

  it('sees a store that has no more connections, and who waits for them', () => {
    const found = failures({ fails: { service: 'postgres', from: ONSET } }, (calls) =>
      calls.map((call) =>
        call.dst.workload.name === 'postgres' && call.status === '500'
          ? { ...call, status: '53300', protocol: 'postgresql', method: 'STARTUP', path: '' }
          : call,
      ),
    );
    expect(shapes(found)['postgres STARTUP']).toBe('pool-exhausted');
    expect(shapes(found)['inventory GET /inventory']).toBe('pool-exhausted');
    expect(shapes(found)['gateway GET /gateway']).toBe('carrier');
  });

  it('finds nothing where nothing happens', () => {
    expect(failures({})).toEqual([]);
  });
});
