import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { partOf } from '../../../src/incident/reading/reading.ts';
import { TrafficReader } from '../../../src/incident/reading/traffic-reader.ts';
import { Ending, NONE } from '../../../src/incident/traffic.ts';
import { call } from '../../support/calls.ts';

const START = 1_750_000_000_000;

function read(calls: readonly Call[], mostCalls?: number) {
  const reader = new TrafficReader(mostCalls === undefined ? {} : { mostCalls });
  const sorted = calls.toSorted((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));
  for (const each of sorted) reader.push({ kind: 'call', call: each });
  return reader.finish({ problems: [] });
}

/** A request to the gateway and the call that it makes to orders. */
function request(i: number, at: number, status = '200'): Call[] {
  const id = String(i).padStart(5, '0');
  const gateway = { from: 'client', to: 'gateway', path: `/orders/${1000 + i}`, status };
  const orders = { from: 'gateway', to: 'orders', path: `/items/${1000 + i}`, status };
  return [
    call({ id: `${id}-a`, ts: at, latency: 20, ...gateway }),
    call({ id: `${id}-b`, ts: at + 5, latency: 10, ...orders }),
  ];
}

const good = read(Array.from({ length: 100 }, (_, i) => request(i, START + i * 100)).flat());
const bad = read(
  Array.from({ length: 80 }, (_, i) => request(i, START + 60_000 + i * 100, '500')).flat(),
);

describe('a case', () => {
  const given = caseOf(good, bad, { minSamples: 20 });
  const { names } = given;

  test('has each call of either side once, under names that are common', () => {
    expect([given.good.size, given.bad.size]).toEqual([200, 160]);
    expect(names.operations.map(({ operation }) => operation)).toEqual([
      'gateway GET /orders/{id}',
      'orders GET /items/{id}',
    ]);
    expect(new Set(given.bad.operation)).toEqual(new Set([0, 1]));
    expect(names.workloads).toEqual(['client', 'gateway', 'orders']);
  });

  test('knows how calls ended, and what caused them', () => {
    expect(new Set(given.good.ending)).toEqual(new Set([Ending.fine]));
    expect(new Set(given.bad.ending)).toEqual(new Set([Ending.failed]));
    for (let row = 0; row < given.bad.size; row++) {
      const parent = given.bad.parent[row] as number;
      const id = given.bad.id(row);
      if (id.endsWith('a')) expect(parent).toBe(NONE);
      else expect(given.bad.id(parent)).toBe(id.replace('b', 'a'));
    }
  });
});

test('the parts of a reading hold its calls, each in one', () => {
  const whole = caseOf(good, good, { minSamples: 20 }).good;
  fc.assert(
    fc.property(fc.integer({ min: -100, max: 10_100 }), (offset) => {
      const at = START + offset;
      const before = partOf(good, { from: good.start, to: at });
      const after = partOf(good, { from: at, to: good.end + 1 });
      const sides = caseOf(before, after, { minSamples: 20 });
      expect([...sides.good.ts, ...sides.bad.ts]).toEqual([...whole.ts]);
      const ids = [sides.good, sides.bad].flatMap((side) =>
        Array.from({ length: side.size }, (_, row) => side.id(row)),
      );
      expect(new Set(ids).size).toBe(whole.size);
    }),
    { numRuns: 20 },
  );
});

test('calls beyond the most that are looked at are counted and told', () => {
  const reading = read(
    Array.from({ length: 40 }, (_, i) => request(i, START + i * 100)).flat(),
    50,
  );
  expect(reading.last).toBe(50);
  expect(reading.problems).toEqual([
    { code: 'incomplete', message: expect.stringContaining('30 calls behind the first 50') },
  ]);
});
