import { describe, expect, test } from 'vitest';
import type { CaptureProblem } from '../../src/calls/observation.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { captureProblems, healthOf } from '../../src/verdict/capture-health.ts';
import { doubtLookAlikes } from '../../src/verdict/doubted.ts';
import { call, endpoint } from '../support/calls.ts';
import { finding } from '../support/judgements.ts';

const codes = (problems: readonly CaptureProblem[]) => problems.map(({ code }) => code);

/** Calls from node a to node b that both saw, `ahead` ms by b's clock. */
function seenByBoth(calls: number, ahead: number): CaptureStats {
  const stats = new CaptureStats();
  for (let i = 0; i < calls; i++) {
    const seen = call({ to: 'orders', ts: i, node: 'a', sightings: [{ node: 'b', ahead }] });
    stats.observe(seen);
  }
  return stats;
}

describe('clocks', () => {
  test.each([
    ['3.0 ms', 200, 3, []],
    ['3.1 ms', 200, 3.1, ['clock-skew']],
    ['3.1 ms behind', 200, -3.1, ['clock-skew']],
    ['50 ms in too few calls', 19, 50, []],
  ])('%s apart', (_, calls, ahead, expected) => {
    expect(codes(captureProblems(seenByBoth(calls, ahead)))).toEqual(expected);
  });

  test('that jitter about the same time are right', () => {
    const stats = new CaptureStats();
    for (let i = 0; i < 200; i++) stats.merge(seenByBoth(1, i % 2 === 0 ? 9 : -9));
    expect(captureProblems(stats)).toEqual([]);
  });

  test('are told by calls that begin before their cause', () => {
    const stats = seenByBoth(1, 0);
    const at = (node: string) => call({ to: 'orders', node });
    for (let i = 0; i < 20; i++) stats.clocks.observeEarly(at('a'), at('c'), 40);
    expect(captureProblems(stats)[0]?.message).toMatch(
      /^the clocks of a and c differ by 40\.0 ms, by 20 calls that begin before the call that caused them/,
    );
  });
});

/** Calls between nodes a and b of which b, the server's node, saw a share. */
function served(calls: number, seen: number): CaptureStats {
  const stats = new CaptureStats();
  for (let i = 0; i < calls; i++) {
    stats.observe({
      ...call({ to: 'orders', ts: i, node: 'a' }),
      src: { ...endpoint('gateway'), node: 'a' },
      dst: { ...endpoint('orders'), node: 'b' },
      ...(i < seen && { sightings: [{ node: 'b', ahead: 0 }] }),
    });
  }
  return stats;
}

describe('a node that saw', () => {
  const bodies = { unreadBodies: { baseline: 0, candidate: 0 } };
  test.each([
    ['everything before and a tenth now', served(200, 200), served(200, 20), ['node-blind']],
    ['everything before and nothing now, like every node', served(200, 200), served(200, 0), []],
    ['everything before and half now', served(200, 200), served(200, 100), ['node-blind']],
    ['everything before and most now', served(200, 200), served(200, 130), []],
    ['nothing before and nothing now', served(200, 0), served(200, 0), []],
    ['a third before and a quarter now', served(300, 100), served(300, 75), []],
    ['a third before and next to nothing now', served(300, 100), served(300, 5), []],
    ['everything of too few calls', served(49, 49), served(49, 0), []],
  ])('%s', (_, before, after, expected) => {
    const forth = healthOf(before, after, bodies);
    const back = healthOf(after, before, bodies);
    expect(codes(forth.candidate)).toEqual(expected);
    expect(forth.baseline).toEqual([]);
    expect(codes(back.baseline)).toEqual(expected);
    expect(back.candidate).toEqual([]);
  });
});

describe('what looks like another behaviour', () => {
  const missing = finding({ rule: 'call.missing', category: 'missing-call' });
  const status = finding({ rule: 'error.new-status', category: 'new-error' });
  const outside = finding({ rule: 'call.new-destination', category: 'extra-call' });
  const all = [missing, status, outside];

  test.each(['clock-skew', 'node-blind', 'undissected-flows'] as const)(
    'is a warning under %s, and nothing else is',
    (code) => {
      const { findings, doubted } = doubtLookAlikes(all, [], [{ code, message: '' }]);
      expect(doubted).toEqual([missing]);
      const doubtful = { ...missing, severity: 'warning', weakened: 'capture-fault' };
      expect(findings).toEqual([status, outside, doubtful]);
    },
  );

  test.each(['hole', 'incomplete', 'bodies-unknown'] as const)('stays under %s', (code) => {
    expect(doubtLookAlikes(all, [{ code, message: '' }], [])).toEqual({
      findings: all,
      doubted: [],
    });
  });

  test('stays where the same flows went undissected before', () => {
    const flows = (message: string) => [{ code: 'undissected-flows' as const, message }];
    expect(doubtLookAlikes(all, flows('a → b'), flows('a → b')).doubted).toEqual([]);
    expect(doubtLookAlikes(all, flows('a → b'), flows('a → b, a → c')).doubted).toEqual([missing]);
  });
});
