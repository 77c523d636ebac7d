import { describe, expect, it } from 'vitest';
import { compareProfiles } from '../../../src/compare/compare.ts';
import { findingFilters } from '../../../src/compare/view/finding-filter.ts';
import { profileCapture } from '../../../src/profile/profiler.ts';
import { readNdjson } from '../../../src/sources/ndjson.ts';
import { compileKfl } from '../../hub/kfl.ts';
import { parseHubRecord } from '../../hub/record.ts';
import { finding } from '../../support/judgements.ts';
import { generateNdjson } from '../../support/records.ts';
import { ALL_REGRESSIONS } from '../../support/shop-judgement.ts';
import { withFile } from '../../support/with-file.ts';

const before = generateNdjson({ seed: 1, requests: 200 });
const after = generateNdjson({ seed: 2, requests: 200, rollout: 1, regressions: ALL_REGRESSIONS });
const profileOf = (text: string) =>
  withFile('calls.ndjson', text, (path) => profileCapture(readNdjson(path)));
const records = (text: string) => text.trim().split('\n').map(parseHubRecord);

describe('the KFL expression of a finding', async () => {
  const comparison = compareProfiles(await profileOf(before), await profileOf(after), {
    minSamples: 20,
  });
  const filterOf = findingFilters(comparison.pairing);
  const all = { baseline: records(before), candidate: records(after) };

  it.each(
    comparison.findings.map((found) => [`${found.rule} ${found.path ?? ''}`, found] as const),
  )('of %s shows such calls, and not all', (_, found) => {
    const kfl = filterOf(found);
    expect(kfl).toBeDefined();
    const matches = compileKfl(kfl as string);
    const shown = [...all.baseline, ...all.candidate].filter(matches);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(all.baseline.length);
    // Evidence of calls made names the caller's call, too: not what the filter is for.
    if (found.rule.startsWith('call.')) return;
    for (const { callId, side } of found.evidence) {
      const call = all[side].find(({ id }) => id === callId);
      expect(call, callId).toBeDefined();
      expect(call && matches(call), `${kfl} shows ${callId}`).toBe(true);
    }
  });

  it('of a slow operation shows only calls slower than the baseline quantile', () => {
    const slow = comparison.findings.find(({ rule }) => rule === 'latency.p95-increased');
    const matches = compileKfl(filterOf(slow as NonNullable<typeof slow>) ?? '');
    const shown = all.candidate.filter(matches);
    for (const call of shown) {
      expect(Number(call.latency_ms)).toBeGreaterThan(Number(slow?.baseline) * 0.99);
    }
  });

  it('is absent where the operation is not known', () => {
    expect(filterOf(finding({ operation: 'nobody GET /', path: 'x' }))).toBeUndefined();
  });

  it('quotes names', () => {
    const kfl = filterOf(
      finding({ rule: 'call.extra', operation: 'orders GET /api/orders/{id}', path: '" || true' }),
    );
    expect(kfl ?? '').not.toContain('|| true');
  });
});
