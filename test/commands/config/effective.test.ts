import { describe, expect, it } from 'vitest';
import { type Config, NOTHING } from '../../../src/commands/config/config.ts';
import { effectiveConfig } from '../../../src/commands/config/effective.ts';
import { parseConfig } from '../../../src/commands/config/read.ts';
import { USUAL_THRESHOLDS } from '../../../src/compare/thresholds.ts';

const config = (text: string): Promise<Config> => parseConfig(text, 'wireproof.yml');

describe('the configuration of a change that is not reviewed', () => {
  it('adds its budgets to those of the base branch, and drops none', async () => {
    const base = await config('require: [{operation: a, max-p95: 300ms}, {operation: b}]');
    const head = await config('require: [{operation: a, max-p95: 9s}, {operation: b}]');
    const { require, policy } = effectiveConfig(base, head);
    expect(require.map(({ operation, maxP95 }) => [operation, maxP95])).toEqual([
      ['a', 300],
      ['b', undefined],
      ['a', 9_000],
    ]);
    expect(policy.proposals).toEqual([expect.stringMatching(/1 budgets fewer$/)]);
  });

  it('is judged by lower thresholds beside those of the base branch, not by higher ones', async () => {
    const base = await config('thresholds: {latency-increase: 20ms}');
    const head = await config('thresholds: {latency-increase: 10ms, error-increase: 0.5}');
    const { thresholds, policy } = effectiveConfig(base, head);
    expect(thresholds).toEqual([
      { ...USUAL_THRESHOLDS, latencyIncrease: 20 },
      { ...USUAL_THRESHOLDS, latencyIncrease: 10 },
    ]);
    expect(policy.proposals).toEqual([expect.stringMatching(/looser thresholds$/)]);
  });

  it.each([
    ['dry-run: true'],
    ['kfl: status_code < 500'],
    ['namespace: [quiet]'],
    ['min-samples: 100000'],
    ['missing-baseline: pass'],
    ['max-age: 1ms'],
    ['paths: ["/{a}/{b}/{c}"]'],
    ['identity: [{service: "*", workload: all}]'],
    ['redact: ["*"]'],
  ])('is seen by the base branch and not by %j', async (text) => {
    const head = await config(text);
    const effective = effectiveConfig(NOTHING, head);
    expect({ ...effective, policy: NOTHING.policy }).toEqual(NOTHING);
    expect(effective.policy.proposals).toEqual([
      expect.stringMatching(/no effect until .*another /),
    ]);
  });

  it('where the base is unknown, has its scope and nothing that loosens', async () => {
    const head = await config(
      'namespace: [shop]\nkfl: http\ndry-run: true\nmin-samples: 9\nmax-age: 1ms\nmissing-baseline: pass\nrules: {schema.*: off}\nrequire: [{operation: a}]',
    );
    const effective = effectiveConfig(undefined, head);
    expect([...effective.options.keys()]).toEqual(['namespace', 'kfl']);
    expect(effective.require).toHaveLength(1);
    expect(effective.policy.proposals).toEqual([
      expect.stringMatching(/rules schema\.\*: off$/),
      expect.stringMatching(/another max-age$/),
      expect.stringMatching(/another missing-baseline$/),
      expect.stringMatching(/another min-samples$/),
      expect.stringMatching(/another dry-run$/),
    ]);
  });

  it('is that of the base branch where it is the same', async () => {
    const text =
      'namespace: [shop]\nrules: {header.*: off}\nthresholds: {coverage: 0.5}\nredact: [x]';
    const base = await config(text);
    const { policy, ...effective } = effectiveConfig(base, await config(text));
    expect({ ...effective, policy: base.policy }).toEqual(base);
    expect(policy).toMatchObject({ proposals: [], untrusted: [], minCoverage: 0.5 });
  });
});
