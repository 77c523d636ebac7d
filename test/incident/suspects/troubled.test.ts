import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { troubledCalls } from '../../../src/incident/suspects/troubled.ts';
import { call } from '../../support/calls.ts';
import { random } from '../../support/random.ts';
import { readingOf, START } from '../shop-traffic.ts';

const LATER = START + 600_000;

interface Asked {
  readonly path: string;
  readonly calls: number;
  /** Of them, how many end with `status`, spread evenly. */
  readonly count: number;
  readonly status: string;
  readonly to?: string;
}

/** Calls of `orders`, beside two hundred that are well. */
function served(start: number, asked: readonly Asked[]): Call[] {
  const all = [{ path: '/usual', calls: 200, count: 0, status: '200' }, ...asked];
  return all.flatMap(({ path, calls, count, status, to = 'orders' }: Asked) =>
    Array.from({ length: calls }, (_, i) =>
      call({
        id: `${to}${path}/${start}/${i}`,
        ts: start + 100 * i,
        to,
        path,
        status:
          Math.floor(((i + 1) * count) / calls) > Math.floor((i * count) / calls) ? status : '200',
      }),
    ),
  );
}

/** The paths of which calls are troubled, and by how much each of them is. */
function troubled(good: readonly Asked[], bad: readonly Asked[]): Map<string, number> {
  const given = caseOf(readingOf(served(START, good)), readingOf(served(LATER, bad)), {
    minSamples: 20,
  });
  const found = new Map<string, number>();
  for (const [row, amount] of troubledCalls(given.good, given.bad).entries()) {
    const operation = given.names.operations[given.bad.operation[row] as number]?.operation ?? '';
    if (amount > 0) found.set(operation.slice(operation.indexOf('/')), amount);
  }
  return found;
}

const of = (path: string, count: number, calls: number, status: string): Asked => ({
  path,
  calls,
  count,
  status,
});

describe('troubledCalls', () => {
  it('finds no trouble in rejections of what is asked beside the usual, and some where it is in its stead', () => {
    const usual = [of('/checkout', 0, 100, '400')];
    expect(troubled(usual, [of('/checkout', 90, 190, '400')])).toEqual(new Map());
    expect([...troubled(usual, [of('/checkout', 90, 100, '400')]).keys()]).toEqual(['/checkout']);
    // Who was refused asks again and again.
    expect([...troubled(usual, [of('/checkout', 290, 300, '400')]).keys()]).toEqual(['/checkout']);
    expect([...troubled(usual, [of('/checkout', 90, 190, '503')]).keys()]).toEqual(['/checkout']);
  });

  it.each(['409', '503'])(
    'finds no trouble where most of few calls answered %s before as well',
    (status) => {
      const good = [of('/cancel', 3, 4, status)];
      expect(troubled(good, [of('/cancel', 17, 27, status)])).toEqual(new Map());
      expect(troubled(good, [of('/cancel', 170, 270, status)])).toEqual(new Map());
    },
  );

  it('finds what several operations of a workload begin to do, each called too seldom to tell', () => {
    const names = (each: number, count: number) =>
      Array.from({ length: each }, (_, i) => ({
        ...of(`/name-${'abcdefghijkl'[i]}`, count, 8, '503'),
        to: 'names',
      }));
    const usual = names(12, 0);
    expect([...troubled(usual, names(12, 2)).values()]).toEqual(Array(12).fill(1));
    expect(troubled(usual, names(2, 2))).toEqual(new Map());
    expect(troubled(names(12, 2), names(12, 3))).toEqual(new Map());
  });

  it('finds the same rise where enough calls before were well', () => {
    const found = troubled([of('/cancel', 0, 27, '409')], [of('/cancel', 17, 27, '409')]);
    expect([...found]).toEqual([['/cancel', 1]]);
  });

  it('finds failures of what was hardly called before, as others of its workload were well', () => {
    for (const calls of [0, 4]) {
      const found = troubled([of('/cancel', 0, calls, '503')], [of('/cancel', 17, 27, '503')]);
      expect([...found.keys()]).toEqual(['/cancel']);
    }
  });

  it('says nothing of rejections of what was hardly called before: others were asked other things', () => {
    for (const calls of [0, 4])
      expect(troubled([of('/cancel', 0, calls, '409')], [of('/cancel', 17, 27, '409')])).toEqual(
        new Map(),
      );
  });

  it('takes off what is usual', () => {
    const found = troubled([of('/cancel', 50, 200, '409')], [of('/cancel', 100, 200, '409')]);
    expect([...found]).toEqual([['/cancel', 0.5]]);
  });

  it('pays for looking at many operations', () => {
    const one = [of('/cancel', 0, 20, '409'), of('/cancel', 11, 20, '409')] as const;
    const others = Array.from({ length: 30 }, (_, i) => ({
      ...of('/other', 0, 20, '409'),
      to: `service-${i}`,
    }));
    expect(troubled([one[0]], [one[1]]).size).toBe(1);
    expect(troubled([one[0], ...others], [one[1], ...others]).size).toBe(0);
  });

  it('finds none in traffic of which each operation ends as it always does', () => {
    const next = random(1);
    let alarms = 0;
    for (let pair = 0; pair < 15; pair++) {
      const operations = Array.from({ length: 20 }, (_, i) => ({
        path: `/${'abcdefghijklmnopqrst'[i]}`,
        share: next() ** 2,
        calls: Math.ceil(1 + 40 * next() ** 3),
      }));
      const side = (times: number) =>
        operations.map(({ path, share, calls }) => {
          const many = calls * times;
          const count = Array.from({ length: many }, next).filter((at) => at < share).length;
          return of(path, count, many, '409');
        });
      if (troubled(side(1), side(5)).size > 0) alarms++;
    }
    expect(alarms).toBe(0);
  });
});
