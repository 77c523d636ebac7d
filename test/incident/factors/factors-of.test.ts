import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { factorsOf } from '../../../src/incident/factors/factors-of.ts';
import type { OutsideEvent } from '../../../src/incident/incident-case.ts';
import { changesOf } from '../../../src/incident/onset/changes-of.ts';
import { readingOf, type ShopOptions, START, shopTraffic } from '../shop-traffic.ts';

const BAD = START + 60_000;
const ONSET = BAD + 20_000;

function factors(
  bad: Partial<ShopOptions>,
  events: readonly OutsideEvent[] = [],
  change = (calls: Call[]): Call[] => calls,
) {
  const given = caseOf(
    readingOf(shopTraffic({ seconds: 60, seed: 1 })),
    readingOf(change(shopTraffic({ seconds: 60, seed: 2, start: BAD, ...bad }))),
    { minSamples: 20, events },
  );
  return factorsOf(given, changesOf(given));
}

describe('factorsOf', () => {
  it('tells a load spike once, with its size', () => {
    const found = factors({ rate: (second) => (second < 20 ? 6 : 24) });
    expect(found.map(({ kind, workload }) => [kind, workload])).toEqual([['load', 'gateway']]);
    expect(found[0]?.summary).toMatch(
      /^Users asked more of gateway: 2\d instead of 6(?:\.\d)? calls a second/,
    );
    expect(Math.abs((found[0]?.at ?? 0) - ONSET)).toBeLessThanOrEqual(1_000);
  });

  it('tells a rollout by its pods', () => {
    const found = factors({ fails: { service: 'orders', from: ONSET } }, [], (calls) =>
      calls.map((call) =>
        call.dst.workload.name === 'orders' && call.ts >= ONSET
          ? { ...call, dst: { ...call.dst, pod: 'orders-59d4b8c6f7-abcde' } }
          : call,
      ),
    );
    const deployed = found.filter(({ kind }) => kind === 'deployment');
    expect(deployed.map(({ workload }) => workload)).toEqual(['orders']);
    expect(deployed[0]?.summary).toContain('orders-59d4b8c6f7-abcde took over from');
  });

  it('leaves out what happened after the trouble began, and what is long ago', () => {
    const event = (at: number, summary: string): OutsideEvent => ({
      at,
      kind: 'configuration',
      workload: 'payment',
      summary,
    });
    const found = factors({ fails: { service: 'payment', from: ONSET } }, [
      event(ONSET - 60_000, 'before'),
      event(ONSET + 20_000, 'after'),
      event(ONSET - 86_400_000, 'yesterday'),
    ]);
    expect(found.map(({ summary }) => summary)).toEqual(['before']);
  });

  it('finds none where nothing happens', () => {
    expect(factors({})).toEqual([]);
  });
});
