import { expect, it } from 'vitest';
import { compareProfiles } from '../../src/compare/compare.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, json } from '../support/calls.ts';

/** A statement that `orders` sends sixty times, each time answered alike. */
function profiled(statement: string, answer: unknown, side: string) {
  const profiler = new Profiler();
  for (let i = 0; i < 60; i++) {
    const given = {
      id: `${side}${i}`,
      ts: 100 * i,
      latency: 2,
      from: 'orders',
      to: 'db',
      status: '0',
    };
    const asked = {
      protocol: 'postgresql',
      method: statement.split(' ')[0] ?? '',
      path: statement,
    };
    profiler.push({ kind: 'call', call: call({ ...given, ...asked, responseBody: json(answer) }) });
  }
  return profiler.finish();
}

const rows = (row_count: number) => ({ row_count, rows: [] });

it.each([
  ['UPDATE carts SET state = $1 WHERE id = $2', 'breaking'],
  ['DELETE FROM carts WHERE id = $1', 'breaking'],
  // The first run of a scenario inserts what the second finds.
  ['INSERT INTO carts (id) VALUES ($1) ON CONFLICT DO NOTHING', 'warning'],
])('tells that %s no longer writes a row', (statement, severity) => {
  const before = profiled(statement, rows(1), 'b');
  const told = (row_count: number) =>
    compareProfiles(before, profiled(statement, rows(row_count), 'c'), {
      minSamples: 20,
    }).findings.map((finding) => `${finding.severity} ${finding.rule} ${finding.path}`);
  expect(told(0)).toEqual([`${severity} schema.value-emptied response 0 /row_count`]);
  expect(told(2)).toEqual([]);
});
