import { expect, it } from 'vitest';
import { Detecting } from '../../src/monitor/detecting.ts';
import type { DetectorKind } from '../../src/monitor/detector.ts';
import { OperationNaming } from '../../src/monitor/measure/operation-naming.ts';
import { SlotReader } from '../../src/monitor/measure/slot-reader.ts';
import { USUAL_SETTINGS } from '../../src/monitor/settings.ts';
import { slotAt } from '../../src/monitor/slot.ts';
import { callAt } from './calls.ts';
import { noNormal } from './normal.ts';

const slot = slotAt(Date.UTC(2026, 10, 2, 9), 300_000);

/** Counts the calls of slots; fails where it is told to. */
function counter(name: string, failsAt?: 'observe' | 'judge' | 'learn'): DetectorKind {
  return {
    name,
    rules: [],
    create: (kept) => {
      let learned = typeof kept === 'number' ? kept : 0;
      const fail = (at: typeof failsAt) => {
        if (failsAt === at) throw new RangeError(`fails to ${at}`);
      };
      return {
        read: () => ({ calls: 0 }),
        observe: (reader) => {
          fail('observe');
          (reader as { calls: number }).calls++;
        },
        judge: () => {
          fail('judge');
          return [];
        },
        learn: ({ reader }) => {
          fail('learn');
          learned += (reader as { calls: number }).calls;
        },
        remembers: () => learned,
      };
    },
  };
}

function pass(detecting: Detecting): void {
  const readings = detecting.read(slot);
  const reader = new SlotReader(slot, new OperationNaming(), {
    onCall: (seen) => detecting.observe(readings, seen),
  });
  for (const ts of [1, 2, 3]) reader.push({ kind: 'call', call: callAt({ ts: slot.start + ts }) });
  const judged = { view: reader.finish({ flows: undefined, problems: [] }), readings };
  const known = { normal: noNormal, settings: USUAL_SETTINGS, rollouts: () => [] };
  detecting.judge(judged, known);
  detecting.learn(judged, known);
}

it.each(['observe', 'judge', 'learn'] as const)(
  'a detector that fails to %s is told, and hinders no other',
  (at) => {
    const detecting = new Detecting([counter('first'), counter('bad', at), counter('last')], {});
    pass(detecting);
    // Begun again before anybody asked: what failed is not forgotten by that.
    detecting.read(slot);
    expect([...detecting.takeFailures()]).toEqual([['bad', `fails to ${at}`]]);
    expect(detecting.toJSON()).toMatchObject({ first: 3, last: 3 });
  },
);

it('what was told is told once', () => {
  const bad = new Detecting([counter('bad', 'judge')], {});
  pass(bad);
  expect(bad.takeFailures().size).toBe(1);
  expect(bad.takeFailures().size).toBe(0);
});

it('where nothing fails, nothing is told', () => {
  const detecting = new Detecting([counter('first')], { first: 7 });
  pass(detecting);
  expect(detecting.takeFailures().size).toBe(0);
  expect(detecting.toJSON()).toEqual({ first: 10 });
});
