import { expect, test } from 'vitest';
import { withStream } from '../../../scripts/accuracy/lab/draw-background.ts';
import { drawSystem } from '../../../scripts/accuracy/lab/draw-system.ts';
import { Draws } from '../../../scripts/accuracy/lab/draws.ts';
import { ownTime } from '../../../scripts/accuracy/lab/own-time.ts';
import { judgePair, profiled } from '../../../scripts/accuracy/lab/pair.ts';
import { simulate } from '../../../scripts/accuracy/lab/simulate.ts';
import { windowOf } from '../../../scripts/accuracy/lab/window.ts';
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
  expect(drawn.operations.length).toBeGreaterThanOrEqual(operations);
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

const TIMED = drawSystem({ seed: 'timers', operations: 12, calls: 30 });

test('kubelets probe each pod of a workload as often as told, from no pod', () => {
  const { calls } = simulate(TIMED, 'run');
  const probes = calls.filter(({ path }) => path === '/healthz');
  expect(probes.length).toBeGreaterThan(0);
  const length = windowOf(TIMED);
  for (const [pod, list] of Map.groupBy(probes, ({ dst }) => dst.pod)) {
    expect(pod).toBeDefined();
    expect(Math.abs(list.length - length / 10_000)).toBeLessThanOrEqual(1);
  }
  expect(probes.map(({ src }) => src.pod).filter((pod) => pod !== undefined)).toEqual([]);
});

test.each(['relayed', 'produced'])('each event is worked off once, however it comes: %s', (how) => {
  const background = { operations: TIMED.operations, timers: [], streams: [] };
  const systems = Array.from({ length: 8 }, (_, i) => ({
    ...TIMED,
    ...withStream(new Draws('stream', i), background, 0, 'sender'),
  }));
  const found = systems.filter(({ streams }) => Boolean(streams[0]?.relay) === (how === 'relayed'));
  expect(found.length).toBeGreaterThan(0);
  for (const system of found) {
    const { calls } = simulate(system, 'run');
    const topic = calls.filter(
      ({ method, path }) => method === 'PRODUCE' && path.startsWith('sender'),
    );
    const rows = calls.filter(({ path }) => path.startsWith('INSERT INTO sender_outbox'));
    const sent = calls.filter(({ path }) => path.startsWith('INSERT INTO sender_sent'));
    expect(topic.length).toBeGreaterThan(15);
    // What the last seconds leave may come after the window.
    if (how === 'relayed') expect(rows.length - topic.length).toBeLessThanOrEqual(5);
    else expect(rows).toEqual([]);
    expect(sent.length).toBeLessThanOrEqual(topic.length);
    expect(sent.length).toBeGreaterThanOrEqual(topic.length - 5);
    expect(new Set(sent.map(({ src }) => src.workload.name))).toEqual(new Set(['sender']));
  }
});
