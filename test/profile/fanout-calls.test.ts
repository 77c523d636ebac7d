import { describe, expect, it } from 'vitest';
import { type ChildCall, Fanout } from '../../src/profile/fanout.ts';
import { mayBeRetried, statusClass } from '../../src/profile/fanout-failure.ts';
import { selfTime } from '../../src/profile/fanout-self-time.ts';
import { call } from '../support/calls.ts';
import { caused } from './caused.ts';
import { target } from './fanout-target.ts';

const child = (
  name: string,
  ts: number,
  latency: number | undefined = 2,
  status: string | undefined = '200',
  given: Partial<ChildCall['call']> = {},
): ChildCall =>
  caused(
    { ...call({ to: 'db', id: `${name}@${ts}`, ts, latency, status }), ...given },
    target(name),
  );
describe('a call', () => {
  const of = (status: string | undefined, protocol = 'http', latency: number | undefined = 1) =>
    call({ to: 'db', status, protocol, latency });

  it.each([
    ['408', 'http', true],
    ['429', 'http', true],
    ['500', 'http', true],
    ['599', 'http', true],
    ['600', 'http', false],
    ['499', 'http', false],
    ['404', 'http', false],
    ['14', 'grpc', true],
    ['5', 'grpc', false],
    ['14', 'http', false],
    ['DEADLOCK_ERROR', 'postgresql', true],
    ['Timeout', 'redis', true],
    ['OK', 'redis', false],
  ])('with status %s of %s may be tried again: %s', (status, protocol, expected) => {
    expect(mayBeRetried(of(status, protocol))).toBe(expected);
  });

  it('without a response may be tried again, one whose status is unknown not', () => {
    expect(mayBeRetried({ ...of(undefined), latency: undefined })).toBe(true);
    expect(mayBeRetried(of(undefined))).toBe(false);
    expect(statusClass({ ...of(undefined), latency: undefined })).toBe('none');
    expect(statusClass(of(undefined))).toBe('plain');
  });

  it.each([
    ['200', '2xx'],
    ['599', '5xx'],
    ['600', 'other'],
    ['1000', 'other'],
    ['99', 'other'],
    ['0', 'plain'],
    ['OK', 'other'],
  ])('with status %s is of class %s', (status, expected) => {
    expect(statusClass(of(status))).toBe(expected);
  });

  it('worked itself while no call of its own was under way', () => {
    const parent = call({ to: 'a', ts: 100, latency: 100 });
    const own = (...children: ChildCall[]) => selfTime(parent, children);
    expect(own()).toBe(100);
    expect(own(child('x', 110, 20))).toBe(80);
    expect(own(child('y', 120, 30), child('x', 110, 20))).toBe(60);
    expect(own(child('x', 110, 50), child('y', 120, 10))).toBe(50);
    expect(own(child('x', 90, 20))).toBe(90);
    expect(own(child('x', 190, 50))).toBe(90);
    expect(own(child('x', 0, 500))).toBe(0);
    expect(own({ ...child('x', 110), call: call({ ts: 110, latency: undefined }) })).toBe(100);
    expect(selfTime({ ...parent, latency: undefined }, [])).toBeUndefined();
  });
});

it('what handled calls did to a target adds up', () => {
  const fanout = new Fanout();
  const outside = { ...call({ to: 'x' }).dst, workload: { name: 'x', kind: 'outside' } as const };
  const seen = new Map([['accept', '*/*']]);
  const parent = call({ id: 'p', to: 'a', latency: 100 });
  const children = [
    { ...child('x', 1, 2, '200', { dst: outside, requestHeaders: seen }), confidence: 0.5 },
    child('x', 5, 2, '200', { requestHeaders: new Map([['cookie', '1']]) }),
    child('x', 9),
  ];
  fanout.observe(parent, children, [{ target: target('x'), share: 0.25 }]);
  fanout.observe({ ...parent, id: 'q' }, [child('x', 1)], [{ target: target('x'), share: 1 }]);
  const [[, outcome] = []] = fanout.outcomes;
  const [[, , stats] = []] = [...(outcome?.targets.entries() ?? [])];
  expect(stats).toMatchObject({ calls: 4, sure: 3.5, expected: 1.25, outside: 1 });
  expect(stats?.authorization).toEqual({ seen: 2, present: 1, without: ['x@1'] });
  expect(stats?.counts.map(([k, { handled, examples }]) => [k, handled, examples.ids])).toEqual([
    [1, 1, ['q']],
    [3, 1, ['p']],
  ]);
  const many = new Fanout();
  many.observe(
    parent,
    Array.from({ length: 40 }, (_, i) => child('x', i, 0)),
    [],
  );
  const [[, all] = []] = many.outcomes;
  expect([...(all?.targets.entries() ?? [])][0]?.[2].counts[0]?.[0]).toBe(32);
});
