import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { parseRecord } from '../../src/sources/record.ts';
import { generateRecords, type RecordOptions } from './records.ts';
import { REGRESSED, type Regression } from './shop.ts';

function calls(options: RecordOptions): Call[] {
  return generateRecords(options).flatMap((record) => {
    const observation = parseRecord(record);
    return observation.kind === 'call' ? [observation.call] : [];
  });
}

const behaviour = (all: readonly Call[]) =>
  all
    .map((c) => {
      const between = `${c.src.workload.name} ${c.dst.workload.name}`;
      return `${between} ${c.method} ${c.path} ${c.status} ${JSON.stringify(c.responseBody)} ${c.latency}`;
    })
    .sort();

test('the same options give the same records', () => {
  expect(generateRecords({ seed: 3 })).toEqual(generateRecords({ seed: 3 }));
});

test('another rollout has other pods and ids, and behaves alike', () => {
  const [before, after] = [calls({ rollout: 1 }), calls({ rollout: 2 })];
  expect(behaviour(after)).toEqual(behaviour(before));
  const pods = new Set(before.map(({ dst }) => dst.pod));
  expect(after.some(({ dst }) => dst.pod !== 'postgres-0' && pods.has(dst.pod))).toBe(false);
});

describe('a regression', () => {
  test.each(Object.entries(REGRESSED) as [Regression, string][])(
    '%s shows at %s',
    (name, where) => {
      const before = new Set(behaviour(calls({})));
      const after = behaviour(calls({ regressions: [name] }));
      const service = where.split(' ')[0] as string;
      const others = after.filter((line) => !before.has(line));
      const shown =
        name === 'missing-call' ? [...before].filter((l) => !after.includes(l)) : others;
      expect(shown.some((line) => line.split(' ').slice(0, 2).includes(service))).toBe(true);
    },
  );
});
