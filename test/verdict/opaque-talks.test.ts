import { describe, expect, it } from 'vitest';
import type { Talk } from '../../src/calls/observation.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { Talks } from '../../src/profile/capture-talks.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { mergeAll } from '../../src/profile/merge-all.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { call } from '../support/calls.ts';

const CALLS = 60;

/** The shop is asked, and asks audit, in clear; whom it talks to besides. */
function profileOf(talks: readonly Talk[], { audit = true } = {}) {
  const calls = Array.from({ length: CALLS }, (_, i) => {
    const ts = 1_700_000_000_000 + i * 100;
    const shop = call({ id: `a${i}`, from: 'web', to: 'shop', ts, latency: 20, path: `/a/${i}` });
    const made = call({
      id: `b${i}`,
      from: 'shop',
      to: 'audit',
      ts: ts + 5,
      latency: 4,
      path: '/e',
    });
    return audit ? [shop, { ...made, cause: shop.id }] : [shop];
  });
  const seen = calls.flat().map((one) => ({ kind: 'call' as const, call: one }));
  async function* batches() {
    yield seen;
  }
  return profileCapture({ batches: batches(), problems: [], talks, source: 'packets' });
}

/** Connections of the shop to a host, or to an address that nobody named. */
function to(server: string | undefined, connections = 5, packets = 60): Talk {
  const ends = call({ from: 'shop', to: server ?? 'x' });
  const nobody = { name: 'outside', kind: 'outside' } as const;
  const dst = server === undefined ? { ...ends.dst, workload: nobody } : ends.dst;
  return { ends: { ...ends, dst }, connections, packets };
}

async function judged(base: readonly Talk[], cand: readonly Talk[], { audit = true } = {}) {
  const [before, after] = [await profileOf(base), await profileOf(cand, { audit })];
  const { verdict, reasons, findings, capture } = judge(
    compareProfiles(before, after, { minSamples: 20 }),
    before.capture,
    after.capture,
  );
  const problems = [...capture.baseline.problems, ...capture.candidate.problems];
  return {
    verdict,
    reasons: reasons.join('\n'),
    breaking: findings.filter(({ severity }) => severity === 'breaking').map(({ path }) => path),
    codes: problems.map(({ code }) => code),
  };
}

describe('who talks without being understood', () => {
  it.each([
    ['alike', [to('db')], [to('db', 9, 900)], 'PASS'],
    ['to a new host', [], [to('pay.io')], 'FAIL'],
    ['to a new host over one connection', [], [to('pay.io', 1, 100)], 'FAIL'],
    ['to a new host, a few bytes', [], [to('pay.io', 4, 99)], 'PASS'],
    ['to an address', [], [to(undefined)], 'INCONCLUSIVE'],
    ['no more', [to('db')], [], 'INCONCLUSIVE'],
    ['to an address that may be the host', [to('db')], [to(undefined)], 'PASS'],
    ['to a host that may be the address', [to(undefined)], [to('db')], 'INCONCLUSIVE'],
    ['in clear before', [], [to('audit')], 'INCONCLUSIVE'],
  ] as const)('%s', async (_, base, cand, verdict) => {
    const judgement = await judged(base, cand);
    expect(judgement, judgement.reasons).toMatchObject({ verdict });
    expect(judgement.breaking).toEqual(verdict === 'FAIL' ? ['pay.io tls'] : []);
    expect(judgement.codes).toEqual(verdict === 'INCONCLUSIVE' ? ['undissected-flows'] : []);
    if (verdict === 'PASS') expect(judgement.reasons).toMatch(/were not judged: shop → /);
  });

  it('calls that went over to TLS are not missing', async () => {
    const judgement = await judged([], [to('audit')], { audit: false });
    expect(judgement).toMatchObject({ verdict: 'INCONCLUSIVE', breaking: [] });
    expect(judgement.reasons).toMatch(/shop → audit/);
    expect(await judged([], [], { audit: false })).toMatchObject({ verdict: 'FAIL' });
  });

  it('is kept in profiles, and told once by parts of one capture', async () => {
    const profile = await profileOf([to('db'), to(undefined, 2, 9)]);
    const again = decodeProfile(encodeProfile(profile));
    const twice = mergeAll([again, profile]);
    expect(twice.capture.talks.known).toEqual([
      { client: 'shop', server: 'db', isNamed: true, connections: 5, packets: 60 },
      { client: 'shop', server: 'outside', isNamed: false, connections: 2, packets: 9 },
    ]);
    for (const bad of [{}, [['a', 'b', 1, 1, 1]], [['a', 'b', true, -1, 1]]]) {
      expect(() => Talks.fromJSON(bad)).toThrow(RangeError);
    }
  });
});
