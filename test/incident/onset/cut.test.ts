import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOf } from '../../../src/incident/onset/cut.ts';
import { partOf } from '../../../src/incident/reading/reading.ts';
import { readingOf, START, shopTraffic } from '../shop-traffic.ts';

describe('cutOf', () => {
  it('cuts a little before a service fails', () => {
    const onset = START + 40_000;
    const cut = cutOf(
      readingOf(shopTraffic({ seconds: 80, fails: { service: 'payment', from: onset } })),
    );
    expect(cut).toBeLessThan(onset);
    expect(cut).toBeGreaterThan(onset - 4_000);
  });

  it('cuts before a service gets slow, and nowhere behind what fails late because of it', () => {
    const onset = START + 30_000;
    const slow = { service: 'inventory', from: onset, factor: 8 };
    const fails = { service: 'orders', from: onset + 20_000 };
    const cut = cutOf(readingOf(shopTraffic({ seconds: 90, slow, fails })));
    expect(cut).toBeLessThan(onset);
    expect(cut).toBeGreaterThan(onset - 5_000);
  });

  it('finds what ended again', () => {
    const onset = START + 40_000;
    const fails = { service: 'payment', from: onset, to: onset + 15_000 };
    const cut = cutOf(readingOf(shopTraffic({ seconds: 100, fails })));
    expect(cut).toBeLessThan(onset);
    expect(cut).toBeGreaterThan(onset - 4_000);
  });

  it('does not cut where everything gets slower by a busy machine for a while', () => {
    const slow = { service: undefined, from: START + 30_000, to: START + 42_000, factor: 4 };
    expect(cutOf(readingOf(shopTraffic({ seconds: 80, slow })))).toBeUndefined();
  });

  it('does not cut where it was so from the first call on, or in nothing', () => {
    const fails = { service: 'payment', from: START };
    expect(cutOf(readingOf(shopTraffic({ seconds: 60, fails })))).toBeUndefined();
    expect(cutOf(readingOf([]))).toBeUndefined();
    expect(cutOf(readingOf(shopTraffic({ seconds: 1 })))).toBeUndefined();
  });

  it('does not cut a capture in which calls come in no order, but rarely', () => {
    const cut = Array.from({ length: 40 }, (_, seed) =>
      cutOf(readingOf(shopTraffic({ seconds: 30, seed: seed + 1, errors: 0.03 }))),
    ).filter((at) => at !== undefined);
    expect(cut.length).toBeLessThanOrEqual(1);
  });

  it('moves with time', () => {
    const calls = shopTraffic({ seconds: 60, fails: { service: 'payment', from: START + 30_000 } });
    const cut = cutOf(readingOf(calls)) as number;
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000_000 }), (shift) => {
        const moved = calls.map((call) => ({ ...call, ts: call.ts + shift }));
        expect(cutOf(readingOf(moved))).toBe(cut + shift);
      }),
      { numRuns: 5 },
    );
  });

  it('looks at the part of a reading that it is given', () => {
    const whole = readingOf(
      shopTraffic({ seconds: 90, fails: { service: 'payment', from: START + 60_000 } }),
    );
    expect(cutOf(partOf(whole, { from: START, to: START + 55_000 }))).toBeUndefined();
    const cut = cutOf(partOf(whole, { from: START + 20_000, to: START + 90_000 }));
    expect(cut).toBeGreaterThan(START + 55_000);
    expect(cut).toBeLessThan(START + 60_000);
  });
});
