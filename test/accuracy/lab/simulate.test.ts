import { expect, test } from 'vitest';
import { drawSystem } from '../../../scripts/accuracy/lab/draw-system.ts';
import { Draws } from '../../../scripts/accuracy/lab/draws.ts';
import { ownTime } from '../../../scripts/accuracy/lab/own-time.ts';
import { judgePair, profiled } from '../../../scripts/accuracy/lab/pair.ts';
import { simulate } from '../../../scripts/accuracy/lab/simulate.ts';
import { byTime } from '../../../src/calls/order.ts';

const system = drawSystem({ seed: 'simulate', operations: 40 });

test('a seed gives the same calls again, in time order', () => {
  const run = simulate(system, 'once');
  expect(simulate(system, 'once')).toEqual(run);
  expect(run.calls).toEqual(run.calls.toSorted(byTime));
  expect(new Set(run.calls.map(({ id }) => id)).size).toBe(run.calls.length);
});

test('two runs share workloads, but no pod, address, connection or id', () => {
  const [one, two] = [simulate(system, 'one'), simulate(system, 'two')];
  const seen = (what: (call: (typeof one.calls)[number]) => string | undefined) =>
    [one, two].map(({ calls }) => new Set(calls.map(what))) as [Set<string>, Set<string>];
  for (const what of [
    seen(({ dst }) => dst.pod),
    seen(({ dst }) => dst.ip),
    seen(({ connection }) => connection),
    seen(({ id }) => id),
  ]) {
    expect([...what[0]].filter((value) => what[1].has(value))).toEqual([]);
  }
  const [a, b] = seen(({ dst }) => dst.workload.name);
  expect(a).toEqual(b);
});

test.each([1, 12, 40, 200])('the gate names %d operations as the simulator does', (operations) => {
  const drawn = drawSystem({ seed: `names ${operations}`, operations, calls: 12 });
  expect(drawn.operations).toHaveLength(operations);
  const [base, cand] = ['before', 'after'].map((seed) => profiled(simulate(drawn, seed)).profile);
  if (!base || !cand) throw new Error('two runs');
  const { pairing } = judgePair(base, cand).comparison;
  const known = new Set(drawn.operations.map(({ name }) => name));
  expect(
    pairing.pairs.map(({ operation }) => operation).filter((name) => !known.has(name)),
  ).toEqual([]);
});

test('entry operations get exactly the calls that were asked for', () => {
  const exact = drawSystem({ seed: 'exact', operations: 10, calls: 17 });
  const { calls } = simulate(exact, 'run');
  const requests = Map.groupBy(
    calls.filter(({ src }) => src.workload.name === 'client'),
    ({ path, method }) => `${method} ${path.split('/')[2]}`,
  );
  const entries = exact.operations.filter((operation) => operation.requests > 0);
  expect([...requests.values()].map((list) => list.length)).toEqual(entries.map(() => 17));
});

test('own times are bimodal where a memory answers, and have the tail they are given', () => {
  const own = { median: 10, sigma: 0.2, hits: 0.4, tail: 0, alpha: 2 };
  const draws = new Draws('own');
  const times = Array.from({ length: 10_000 }, () => ownTime(own, draws));
  const fast = times.filter((time) => time < 3).length;
  expect(fast / times.length).toBeCloseTo(0.4, 1);
  expect(times.filter((time) => time > 3 && time < 4).length).toBe(0);
  const tailed = Array.from({ length: 10_000 }, () =>
    ownTime({ ...own, hits: 0, tail: 0.1 }, draws),
  );
  expect(tailed.filter((time) => time > 25).length / 10_000).toBeCloseTo(0.075, 1);
  expect(times.filter((time) => time > 25)).toEqual([]);
});
