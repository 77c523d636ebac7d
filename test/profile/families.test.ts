import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../../src/calls/target.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { MAX_FAMILIES, OTHERS } from '../../src/profile/families.ts';
import { Profile } from '../../src/profile/profile.ts';
import { TimeGrid } from '../../src/profile/time-cells.ts';
import { captureProblems } from '../../src/verdict/capture-health.ts';
import { call } from '../support/calls.ts';

const LIMIT = 5;
const seen = fc.array(
  fc.record({ to: fc.integer({ min: 0, max: 20 }), path: fc.constantFrom('/', '/a', '/a/7') }),
  { maxLength: 60 },
);

function profiled(given: readonly { to: number; path: string }[], offset = 0): Profile {
  const profile = new Profile(new TimeGrid(), LIMIT);
  given.forEach(({ to, path }, i) => {
    const made = call({ id: `${i + offset}`, ts: 1000 + i + offset, to: `w${to}`, path });
    profile.observe(made, targetOf(made));
  });
  return profile;
}

describe('families past the limit', () => {
  it('are one; which ones, and all that was seen of the others, is the same in any order', () => {
    fc.assert(
      fc.property(seen, fc.nat(60), (given, cut) => {
        const whole = encodeProfile(profiled(given));
        const left = profiled(given.slice(0, cut));
        const right = profiled(given.slice(cut), Math.min(cut, given.length));
        right.merge(left);
        expect(encodeProfile(right)).toBe(whole);
        const count = right.families.length;
        expect(count).toBeLessThanOrEqual(LIMIT + 1);
        const calls = right.families.flatMap(({ operations }) =>
          [...operations.leaves()].map(([, stats]) => stats.count),
        );
        expect(calls.reduce((a, b) => a + b, 0)).toBe(given.length);
      }),
    );
  });

  it('are told, so that no verdict rests on them, also from a stored profile', () => {
    const profile = new Profile();
    for (let i = 0; i <= MAX_FAMILIES; i++) {
      profile.at({ ...OTHERS, workload: `w${i}`, protocol: 'http' }, []);
    }
    const read = decodeProfile(encodeProfile(profile));
    for (const { capture, families } of [profile, read]) {
      expect(families.length).toBe(MAX_FAMILIES + 1);
      expect(families.some(({ family }) => family.workload === OTHERS.workload)).toBe(true);
      expect(
        captureProblems(capture)
          .map(({ message }) => message)
          .join(),
      ).toContain('more kinds of operations than are told apart');
    }
  });
});
