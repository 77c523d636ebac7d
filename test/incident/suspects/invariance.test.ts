import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, Endpoint } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { suspectsOf } from '../../../src/incident/suspects/suspects-of.ts';
import { readingOf, START, shopTraffic } from '../shop-traffic.ts';

const LATER = START + 600_000;
const SERVICES = ['gateway', 'orders', 'inventory', 'payment', 'catalogue', 'postgres', 'cache'];

const incident = fc.record({
  service: fc.constantFrom(...SERVICES),
  seed: fc.integer({ min: 1, max: 1e6 }),
  factor: fc.integer({ min: 4, max: 12 }),
  failing: fc.boolean(),
});
type Incident = typeof incident extends fc.Arbitrary<infer T> ? T : never;

function sidesOf({ service, seed, factor, failing }: Incident): [Call[], Call[]] {
  const bad = failing
    ? { fails: { service, from: LATER, share: 0.4 } }
    : { slow: { service, from: LATER, factor } };
  return [
    shopTraffic({ seconds: 12, seed }),
    shopTraffic({ start: LATER, seconds: 12, seed: seed + 1, ...bad }),
  ];
}

/** What is suspected, by name: its kind, and what it explains to a thousandth. */
function answer(good: readonly Call[], bad: readonly Call[]) {
  const given = caseOf(readingOf(good), readingOf(bad), { minSamples: 20 });
  const { suspects, abstained } = suspectsOf(given, [], []);
  return {
    abstained: abstained !== undefined,
    suspects: suspects
      .filter(({ score }) => score > 0)
      .map(({ workload, kind, explains }) => ({
        name: given.names.workloads[workload] ?? '',
        kind,
        explains: Math.round(explains * 1_000),
      })),
  };
}

const runs = { numRuns: 4 };

describe('the suspicion', () => {
  it('does not depend on how workloads are called', () => {
    fc.assert(
      fc.property(incident, fc.shuffledSubarray(SERVICES, { minLength: 7 }), (drawn, names) => {
        const newName = new Map(SERVICES.map((name, i) => [name, names[i] as string]));
        const renamed = (end: Endpoint): Endpoint => {
          const name = newName.get(end.workload.name);
          if (name === undefined) return end;
          return { ...end, workload: { ...end.workload, name }, pod: `${name}-7d9c5b8f4-x2x9k` };
        };
        const rename = (calls: readonly Call[]) =>
          calls.map((call) => ({ ...call, src: renamed(call.src), dst: renamed(call.dst) }));
        const [good, bad] = sidesOf(drawn);
        const was = answer(good, bad);
        const is = answer(rename(good), rename(bad));
        expect(is).toEqual({
          ...was,
          suspects: was.suspects.map((one) => ({ ...one, name: newName.get(one.name) })),
        });
      }),
      runs,
    );
  });

  it('does not depend on when it was', () => {
    fc.assert(
      fc.property(incident, fc.integer({ min: -1e6, max: 1e6 }), (drawn, seconds) => {
        const move = (calls: readonly Call[]) =>
          calls.map((call) => ({ ...call, ts: call.ts + seconds * 4_000 }));
        const [good, bad] = sidesOf(drawn);
        expect(answer(move(good), move(bad))).toEqual(answer(good, bad));
      }),
      runs,
    );
  });

  it('is the same each time, whatever else was asked before', () => {
    fc.assert(
      fc.property(incident, (drawn) => {
        const [good, bad] = sidesOf(drawn);
        const given = caseOf(readingOf(good), readingOf(bad), { minSamples: 20 });
        const first = suspectsOf(given, [], []);
        suspectsOf({ ...given, good: given.bad, bad: given.good }, [], []);
        expect(suspectsOf(given, [], [])).toEqual(first);
      }),
      runs,
    );
  });
});
