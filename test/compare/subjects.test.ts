import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, json } from '../support/calls.ts';

interface Asked {
  readonly id: string;
  /** Which of the requests about the id. */
  readonly nth: number;
}

/** `ids` ids with so many requests each, one after the other. */
function asked(side: string, ids: number, each: number): Asked[] {
  return Array.from({ length: ids * each }, (_, i) => ({
    id: `${side}${1000 + Math.floor(i / each)}`,
    nth: i % each,
  }));
}

function profileOf(
  side: string,
  of: readonly Asked[],
  answer: (one: Asked, at: number) => Partial<Call>,
) {
  const profiler = new Profiler();
  for (const [i, one] of of.entries()) {
    const made = call({
      id: `${side}/${i}`,
      ts: i * 100,
      to: 'users',
      path: `/users/${one.id}`,
      ...answer(one, i),
    });
    profiler.push({ kind: 'call', call: made });
  }
  return profiler.finish();
}

const told = (base: ReturnType<typeof profileOf>, cand: ReturnType<typeof profileOf>) =>
  compareProfiles(base, cand, { minSamples: 20 }).findings.map(
    ({ rule, severity, undecided }) => `${undecided ? 'undecided' : severity} ${rule}`,
  );

const plan = (name: string | null) => ({ responseBody: json({ plan: name, active: true }) });
const free = () => plan('free');
const numberOf = ({ id }: Asked) => Number(/\d+$/.exec(id)?.[0]);

describe('requests that come four by four about one id', () => {
  const base = profileOf('b', asked('b', 40, 4), free);

  /** Something else for so many of forty ids. */
  const ofIds = (ids: number, other: Partial<Call>) =>
    profileOf('c', asked('c', 40, 4), (one) => (numberOf(one) < 1000 + ids ? other : free()));
  /** Something else in as many requests, each about another id. */
  const ofCalls = (calls: number, other: Partial<Call>) =>
    profileOf('c', asked('c', 40, 4), (one) =>
      one.nth === 0 && numberOf(one) < 1000 + calls ? other : free(),
    );

  test.each([
    ['a new value', plan('gold'), 'schema.enum-value-added'],
    ['null', plan(null), 'schema.became-nullable'],
    ['no field', { responseBody: json({ active: true }) }, 'schema.became-optional'],
  ])('%s for four ids is a case that the baseline may not have met', (_, other, rule) => {
    expect(told(base, ofIds(4, other))).not.toContain(`breaking ${rule}`);
    expect(told(base, ofIds(4, other))).not.toContain(`undecided ${rule}`);
    expect(told(base, ofCalls(16, other))).toContain(`breaking ${rule}`);
    expect(told(base, ofIds(20, other))).toContain(`breaking ${rule}`);
  });

  test('an error for four ids is theirs, in as many requests for others it is new', () => {
    const error = { status: '404', responseBody: json({ error: 'not_found' }) };
    expect(told(base, ofIds(4, error))).not.toContain('breaking error.new-status');
    expect(told(base, ofCalls(20, error))).toContain('breaking error.new-status');
  });

  test('what all have is judged as ever', () => {
    const gone = profileOf('c', asked('c', 40, 4), () => ({
      responseBody: json({ active: true }),
    }));
    expect(told(base, gone)).toContain('breaking schema.field-removed');
  });

  test('the same ids on both sides are compared with themselves', () => {
    const again = profileOf('c', asked('b', 40, 4), (one) =>
      numberOf(one) < 1004 ? plan('gold') : free(),
    );
    expect(told(base, again)).toContain('breaking schema.enum-value-added');
  });
});

describe('requests about few ids', () => {
  const base = profileOf('b', asked('b', 5, 30), free);
  const of = (answer: (one: Asked) => Partial<Call>) => profileOf('c', asked('c', 5, 30), answer);

  test('what is true of one of them is no finding', () => {
    const one = of((each) => (numberOf(each) === 1000 ? plan('gold') : free()));
    expect(told(base, one).filter((line) => !line.startsWith('info'))).toEqual([]);
  });

  test('what happens to all of them at times keeps the verdict from PASS', () => {
    const all = of(({ nth }) => (nth < 6 ? plan('gold') : free()));
    expect(told(base, all)).toContain('undecided schema.enum-value-added');
  });

  test('what is true of two of them that have it is undecided', () => {
    const noted = (note: unknown) => (each: Asked) =>
      numberOf(each) < 1002 ? { responseBody: json({ plan: 'free', note }) } : free();
    const before = profileOf('b', asked('b', 5, 30), noted(7));
    expect(told(before, of(noted(null)))).toContain('undecided schema.type-changed');
  });

  test('what one lacks, and another has, says nothing of all', () => {
    const noted = (ids: number) => (each: Asked) =>
      numberOf(each) < 1000 + ids ? { responseBody: json({ plan: 'free', note: 'x' }) } : free();
    const [three, one] = [asked('b', 3, 20), asked('c', 1, 60)];
    expect(told(profileOf('b', three, noted(3)), profileOf('c', one, noted(0)))).toContain(
      'breaking schema.field-removed',
    );
    const partly = told(profileOf('b', one, noted(1)), profileOf('c', three, noted(2)));
    expect(partly).toContain('info schema.became-optional');
  });

  test('a value that is written otherwise is a break, of however few', () => {
    expect(
      told(
        base,
        of(() => plan('FREE')),
      ),
    ).toContain('breaking schema.enum-value-added');
  });

  test('what is true of all of them always is a break', () => {
    expect(
      told(
        base,
        of(() => plan(null)),
      ),
    ).toContain('breaking schema.type-changed');
  });
});

describe('calls that are made for some ids', () => {
  /** Requests, and whether each makes a call to billing. */
  function making(side: string, of: readonly Asked[], makes: (one: Asked) => boolean | number) {
    const profiler = new Profiler();
    for (const [i, one] of of.entries()) {
      const ts = i * 100;
      const handled = { id: `${side}/${i}`, ts, latency: 50, to: 'users' };
      profiler.push({ kind: 'call', call: call({ ...handled, path: `/users/${one.id}` }) });
      for (let nth = 0; nth < Number(makes(one)); nth++) {
        const at = ts + 5 * (nth + 1);
        const made = {
          id: `${side}/${i}/${nth}`,
          ts: at,
          latency: 3,
          from: 'users',
          to: 'billing',
        };
        profiler.push({ kind: 'call', call: call({ ...made, path: '/plans' }) });
      }
    }
    return profiler.finish();
  }
  const ofIds = (ids: number) => (one: Asked) => numberOf(one) < 1000 + ids;
  const some = (side: string, ids: number) => making(side, asked(side, 40, 4), ofIds(ids));
  const calls = (all: readonly string[]) => all.filter((one) => one.includes(' call.'));

  test('break nothing where they are few, and break where they are many', () => {
    for (const [ids, severity] of [
      [5, 'warning'],
      [16, 'breaking'],
      [40, 'breaking'],
    ] as const) {
      expect(calls(told(some('b', ids), some('c', 0)))).toEqual([`${severity} call.missing`]);
    }
  });

  test('and calls that are made for all but some of few', () => {
    const few = (side: string, ids: number) => making(side, asked(side, 10, 16), ofIds(ids));
    expect(calls(told(few('b', 10), few('c', 6)))).toEqual(['warning call.missing']);
    expect(calls(told(few('b', 10), few('c', 0)))).toEqual(['breaking call.missing']);
    expect(calls(told(some('b', 40), some('c', 20)))).toEqual(['breaking call.missing']);
    expect(calls(told(few('b', 6), few('c', 10)))).toEqual(['warning call.count-changed']);
  });

  test('and how many are made for each of few', () => {
    const lists = { b: [1, 2, 3, 1, 2, 3, 1, 2], c: [1, 4, 1, 4, 1, 4, 9, 4] };
    const of = (side: 'b' | 'c', ids: number) =>
      making(side, asked(side, ids, 160 / ids), (one) => lists[side][numberOf(one) % 8] ?? 0);
    expect(calls(told(of('b', 8), of('c', 8)))).toEqual(['warning call.count-changed']);
    expect(calls(told(of('b', 40), of('c', 40)))).toEqual(['undecided call.count-changed']);
    expect(calls(told(of('b', 80), of('c', 80)))).toEqual(['breaking call.count-changed']);
    expect(calls(told(of('c', 40), of('b', 40)))).toEqual(['warning call.count-changed']);
    const fixed = (side: string, times: number) => making(side, asked(side, 8, 20), () => times);
    expect(calls(told(fixed('b', 1), fixed('c', 3)))).toEqual(['breaking call.count-changed']);
  });

  test('and who is called for some of few, whom the baseline never called', () => {
    const never = (ids: number) => making('b', asked('b', ids, 20), () => false);
    const most = (ids: number) => making('c', asked('c', ids, 20), ({ nth }) => nth % 4 > 0);
    expect(calls(told(never(3), most(3)))).toEqual(['undecided call.new-destination']);
    expect(calls(told(never(30), most(30)))).toEqual(['breaking call.new-destination']);
    const all = making('c', asked('c', 3, 20), () => true);
    expect(calls(told(never(3), all))).toEqual(['breaking call.new-destination']);
  });

  test('and of few calls about one other, who is called for it', () => {
    const of = (side: string, ids: number, times: number, makes: boolean) =>
      making(side, asked(side, ids, times), () => makes);
    const toldOf = (ids: number, times: number) =>
      calls(told(of('b', ids, times, false), of('c', ids, times, true)));
    expect(toldOf(1, 10)).toEqual(['undecided call.new-destination']);
    expect(toldOf(10, 1)).toEqual(['breaking call.new-destination']);
    expect(toldOf(1, 30)).toContain('breaking call.new-destination');
  });

  test('and how many are made for one that most calls are about', () => {
    const uneven = (side: string) => [...asked(side, 1, 200), ...asked(side, 24, 4)];
    const makes = (many: number) => (one: Asked) => (numberOf(one) === 1000 ? many : 1);
    const even = (side: string) => asked(side, 25, 12);
    const of = (ask: typeof even, of: (many: number) => (one: Asked) => number) =>
      calls(told(making('b', ask('b'), of(1)), making('c', ask('c'), of(3))));
    expect(of(uneven, makes)).toEqual(['warning call.count-changed']);
    expect(of(uneven, (many) => () => many)).toEqual(['breaking call.count-changed']);
    expect(of(even, (many) => (one) => (numberOf(one) < 1016 ? many : 1))).toEqual([
      'breaking call.count-changed',
    ]);
  });

  test('are judged by calls where both sides are about the same', () => {
    expect(calls(told(some('x', 5), some('x', 0)))).toEqual(['breaking call.missing']);
  });
});

describe('a baseline about one id alone', () => {
  const base = profileOf('b', asked('b', 1, 200), free);

  test('leaves open what some other ids have', () => {
    const pro = (one: Asked) => (numberOf(one) < 1004 ? plan('pro') : free());
    expect(told(base, profileOf('c', asked('c', 20, 10), pro))).toEqual([
      'undecided schema.enum-value-added',
    ]);
  });

  test('tells what no id has any more', () => {
    const without = () => ({ responseBody: json({ active: true }) });
    const cand = profileOf('c', asked('c', 20, 10), without);
    expect(told(base, cand)).toEqual(['breaking schema.field-removed']);
  });

  test('leaves open what a few others have, but for the same word spelled otherwise', () => {
    const all = (ids: number, value: string) =>
      profileOf('c', asked('c', ids, 40), () => plan(value));
    for (const ids of [1, 3]) {
      expect(told(base, all(ids, 'gold'))).toEqual([
        'undecided schema.enum-value-added',
        'info schema.enum-value-removed',
      ]);
    }
    expect(told(base, all(3, 'FREE'))).toContain('breaking schema.enum-value-added');
    const same = profileOf('b', asked('b', 1, 40), () => plan('gold'));
    expect(told(base, same)).toContain('breaking schema.enum-value-added');
  });
});
