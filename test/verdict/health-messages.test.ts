import { describe, expect, it } from 'vitest';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { captureProblems, healthOf } from '../../src/verdict/capture-health.ts';
import { largestSkew } from '../../src/verdict/clock-skew.ts';
import { summarise } from '../../src/verdict/summary.ts';
import { call, endpoint } from '../support/calls.ts';

const READ = { unreadBodies: { baseline: 0, candidate: 0 } };

function capture(calls: number, given: Partial<CaptureStats['bodies']> = {}): CaptureStats {
  const stats = new CaptureStats();
  stats.calls = calls;
  Object.assign(stats.bodies, given);
  return stats;
}

/** Calls from node a to node b, of which each saw a share. */
function between(calls: number, byClient: number, byServer: number, to = 'b'): CaptureStats {
  const stats = new CaptureStats();
  for (let i = 0; i < calls; i++) {
    const nodes = [...(i < byClient ? ['a'] : []), ...(i < byServer ? [to] : [])];
    const [first = 'elsewhere', ...others] = nodes;
    stats.observe({
      ...call({ to: 'orders', ts: i, node: first }),
      src: { ...endpoint('gateway'), node: 'a' },
      dst: { ...endpoint('orders'), node: to },
      sightings: others.map((node) => ({ node, ahead: 0 })),
    });
  }
  return stats;
}

describe('what is wrong with a capture, as it is read', () => {
  it('no calls, told once', () => {
    const told = { code: 'no-calls', message: 'it holds no calls' } as const;
    expect(captureProblems(capture(0))).toEqual([told]);
    const known = capture(0);
    known.addProblem({ code: 'no-calls', message: 'the Hub has none' });
    expect(captureProblems(known)).toEqual([{ code: 'no-calls', message: 'the Hub has none' }]);
    const lost = capture(0);
    lost.addProblem({ code: 'incomplete', message: 'lost 3 pages' });
    expect(captureProblems(lost)).toEqual([{ code: 'incomplete', message: 'lost 3 pages' }, told]);
    expect(captureProblems(capture(1))).toEqual([]);
  });

  it('records that could not be read, from more than one in a hundred on', () => {
    const bad = (badRecords: number) => Object.assign(capture(990), { badRecords });
    expect(captureProblems(bad(10))).toEqual([]);
    expect(captureProblems(bad(11))).toEqual([
      { code: 'bad-records', message: '11 of 1001 records could not be read' },
    ]);
  });

  it('bodies that were cut, by their share', () => {
    const unread = { unreadBodies: { baseline: 0.255, candidate: 0 } };
    const { baseline, candidate } = healthOf(capture(1), capture(1), unread);
    expect(candidate).toEqual([]);
    expect(baseline).toEqual([
      {
        code: 'bodies-unknown',
        message:
          '25 % of the bodies belong to messages of which too few came whole (cut or redacted), so their schemas could not be judged',
      },
    ]);
  });

  it('bodies that one source shows and the other does not', () => {
    const shown = capture(100, { whole: 11, binary: 10 });
    const unseen = capture(100, { unseen: 21 });
    const told = {
      code: 'bodies-unknown',
      message:
        'its source shows no bodies and that of the other capture does, so their schemas could not be judged; capture both from the same kind of source',
    };
    expect(healthOf(unseen, shown, READ)).toEqual({ baseline: [told], candidate: [] });
    expect(healthOf(shown, unseen, READ)).toEqual({ baseline: [], candidate: [told] });
  });

  it.each([
    ['neither shows any', capture(100, { unseen: 200 }), capture(100, { unseen: 200 })],
    ['one call in ten has none', capture(100, { unseen: 20 }), capture(100, { whole: 200 })],
    ['the other shows hardly any', capture(100, { unseen: 200 }), capture(100, { whole: 20 })],
    ['binary ones are few too', capture(100, { unseen: 200 }), capture(100, { binary: 20 })],
  ])('bodies are no fault where %s', (_, base, cand) => {
    expect(healthOf(base, cand, READ)).toEqual({ baseline: [], candidate: [] });
  });

  it('clocks, by the calls that both saw', () => {
    const stats = new CaptureStats();
    for (let i = 0; i < 1200; i++) {
      stats.observe(
        call({ to: 'orders', ts: i, node: 'b', sightings: [{ node: 'a', ahead: 5.26 }] }),
      );
    }
    expect(captureProblems(stats)).toEqual([
      {
        code: 'clock-skew',
        message:
          'the clocks of a and b differ by 5.3 ms, by 1,200 calls that both saw: causes are found up to 3 ms, so calls may be tied to wrong ones or to none',
      },
    ]);
    expect(largestSkew(stats)).toMatchObject({ nodes: ['a', 'b'], calls: 1200, by: 'both' });
    expect(summarise(stats, []).clockSkew).toEqual({ ms: 5.3, nodes: ['a', 'b'] });
  });

  it('a node without eyes, at the end where its pods serve', () => {
    const { baseline, candidate } = healthOf(
      between(1200, 1200, 1200),
      between(1200, 1200, 132),
      READ,
    );
    expect(baseline).toEqual([]);
    expect(candidate).toEqual([
      {
        code: 'node-blind',
        message:
          'b saw 132 of the 1,200 calls that its pods served for other nodes, 100 % in the other capture: its worker is missing, or its clock is too far off to tell that two nodes saw the same call',
      },
    ]);
  });

  it('a node without eyes, at the end where its pods call', () => {
    const { candidate } = healthOf(between(100, 100, 100), between(100, 10, 100), READ);
    expect(candidate.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a saw 10 of the 100 calls that its pods made to other nodes, 100 %/),
    ]);
  });

  it('a node that is new is measured by all nodes of the other capture', () => {
    const moved = healthOf(between(200, 200, 180), between(200, 200, 20, 'c'), READ);
    expect(moved.candidate.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^c saw 20 of the 200 calls that its pods served .* 90 % in the other/),
    ]);
  });

  it.each([
    ['six in ten of what it saw', between(100, 100, 100), between(100, 100, 60), []],
    ['a little less', between(100, 100, 100), between(100, 100, 59), ['node-blind']],
    ['eight in ten before, nearly none now', between(100, 100, 80), between(100, 100, 5), []],
    ['the same of enough calls', between(100, 100, 80), between(100, 100, 11), ['node-blind']],
    ['less than eight in ten before', between(100, 100, 79), between(100, 100, 11), []],
    ['as much of just enough calls', between(100, 100, 80), between(63, 63, 7), ['node-blind']],
    ['as much of one less', between(100, 100, 80), between(62, 62, 7), []],
    ['next to nothing at the calling end', between(100, 100, 100), between(100, 5, 100), []],
    [
      'nothing, where the other end is not seen either',
      between(100, 100, 100),
      between(100, 79, 5),
      ['node-blind'],
    ],
    ['nothing, where the other end is', between(100, 100, 100), between(100, 80, 5), []],
    ['a tenth, and nobody knows what was', capture(100), between(100, 100, 10), []],
    ['all of fifty', between(50, 50, 50), between(50, 50, 20), ['node-blind']],
    ['all of fewer', between(49, 49, 49), between(49, 49, 20), []],
  ])('a node that sees %s', (_, before, after, expected) => {
    const { candidate } = healthOf(before, after, READ);
    expect(candidate.map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    ['itself, of fifty calls', 50, []],
    ['all nodes, of fewer', 49, ['node-blind']],
  ])('a node is measured by %s', (_, calls, expected) => {
    const before = between(400, 400, 400);
    before.merge(between(calls, calls, 5, 'c'));
    const { candidate } = healthOf(before, between(100, 100, 20, 'c'), READ);
    expect(candidate.map(({ code }) => code)).toEqual(expected);
  });

  it('the clocks that differ most, the first of equal ones', () => {
    const ahead = (...clocks: (readonly [string, number])[]) => {
      const stats = new CaptureStats();
      for (const [node, by] of clocks) {
        for (let i = 0; i < 20; i++) {
          const sightings = [{ node, ahead: by }];
          stats.observe(call({ to: 'orders', ts: i, node: 'a', sightings }));
        }
      }
      return largestSkew(stats);
    };
    expect(ahead(['b', 5], ['c', 9])).toMatchObject({ ms: 9, nodes: ['a', 'c'] });
    expect(ahead(['b', -9], ['c', 5])).toMatchObject({ ms: 9, nodes: ['a', 'b'] });
    expect(ahead(['b', 7], ['c', 7])).toMatchObject({ nodes: ['a', 'b'] });
    expect(ahead()).toBeUndefined();
  });

  it('the longest silence of several windows, the first of equal ones', () => {
    const of = (...times: number[]) => {
      const stats = new CaptureStats();
      for (const t of times) stats.observe(call({ to: 'orders', ts: t * 1000 }));
      stats.windows.add({ start: 0, end: 99_000 });
      stats.windows.add({ start: 100_000, end: 200_000 });
      return summarise(stats, []).silence;
    };
    expect(of(1, 5, 110, 120)).toEqual({ start: 111_000, ms: 9000 });
    expect(of(1, 20, 110, 120)).toEqual({ start: 2000, ms: 18_000 });
    expect(of(1, 11, 110, 120)).toEqual({ start: 2000, ms: 9000 });
    expect(of(1, 150)).toBeNull();
  });

  it('holes of either capture, beside the other', () => {
    const start = Date.parse('2026-06-01');
    const busy = (pause: number) => {
      const stats = new CaptureStats();
      for (let t = 0; t < 300_000; t += 200) {
        if (t >= 100_000 && t < 100_000 + pause) continue;
        stats.observe(call({ to: 'orders', ts: start + t }));
      }
      stats.windows.add({ start, end: start + 300_000 });
      return stats;
    };
    const told = [
      {
        code: 'hole',
        message:
          'a hole of 40 s from 2026-06-01T00:01:40.000Z: no call where about 200 were to be expected (longest other silence: none); a worker that restarted, dissection that went off, or lost packets',
      },
    ];
    expect(healthOf(busy(40_000), busy(0), READ)).toEqual({ baseline: told, candidate: [] });
    expect(healthOf(busy(0), busy(40_000), READ)).toEqual({ baseline: [], candidate: told });
    expect(healthOf(busy(40_000), busy(14_000), READ).baseline).toEqual([]);
    expect(healthOf(busy(40_000), busy(12_000), READ).baseline).toEqual(told);
    expect(healthOf(busy(9_000), busy(0), READ).baseline).toEqual([]);
    const silence = { start: start + 100_000, ms: 40_000 };
    expect(summarise(busy(40_000), []).silence).toEqual(silence);
  });
});

it('a capture is summed up with its bodies and what is wrong with it', () => {
  const stats = capture(9, { whole: 3, binary: 2, cut: 4, redacted: 5, absent: 1 });
  Object.assign(stats, { duplicates: 7, badRecords: 6, start: 10, end: 20 });
  const problems = [{ code: 'no-calls', message: 'x' }] as const;
  expect(summarise(stats, problems)).toEqual({
    calls: 9,
    duplicates: 7,
    badRecords: 6,
    start: 10,
    end: 20,
    bodies: { whole: 5, cut: 4, redacted: 5 },
    silence: null,
    clockSkew: null,
    problems,
  });
});
