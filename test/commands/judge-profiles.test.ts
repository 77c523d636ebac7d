import { describe, expect, it } from 'vitest';
import { CallSample } from '../../src/commands/call-sample.ts';
import type { Settings } from '../../src/commands/config/config.ts';
import { judgeProfiles } from '../../src/commands/judge-profiles.ts';
import { USUAL_THRESHOLDS } from '../../src/compare/thresholds.ts';
import { copyOf } from '../../src/profile/copy.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { NO_ALLOWANCES, policyOf } from '../../src/verdict/policy.ts';
import { call } from '../support/calls.ts';
import { commandIO, inputsOf } from '../support/running.ts';

function profile(times: number) {
  const profiler = new Profiler();
  for (let i = 0; i < 300; i++) {
    const latency = times * (20 + ((i * 7919) % 100) / 10);
    const one = call({ id: `n/${i}`, ts: 1_700_000_000_000 + i * 100, to: 'orders', latency });
    profiler.push({ kind: 'call', call: one });
  }
  return profiler.finish();
}

const [before, slower] = [profile(1), profile(1.6)];
const lax = { ...USUAL_THRESHOLDS, latencyIncrease: 50 };

async function verdictBy(settings: Partial<Settings>, today?: string) {
  const inputs = { ...inputsOf('compare', today ? { today } : {}), ...settings };
  const sides = [[copyOf(before)], copyOf(slower), new CallSample()] as const;
  return (await judgeProfiles(...sides, inputs, commandIO().io)).judgement?.verdict;
}

describe('judgeProfiles', () => {
  it('takes the strictest verdict where several thresholds are asked, in any order', async () => {
    expect(await verdictBy({ thresholds: [USUAL_THRESHOLDS] })).toBe('FAIL');
    expect(await verdictBy({ thresholds: [lax] })).toBe('PASS');
    expect(await verdictBy({ thresholds: [lax, USUAL_THRESHOLDS] })).toBe('FAIL');
    expect(await verdictBy({ thresholds: [USUAL_THRESHOLDS, lax] })).toBe('FAIL');
  });

  it("accepts by the day of the candidate's last call, or by the day that is given", async () => {
    const entry = { rule: 'latency.*', operation: '*', reason: 'x', expires: '2023-11-14' };
    const policy = policyOf({ ...NO_ALLOWANCES, accept: [entry] });
    expect(await verdictBy({ policy })).toBe('PASS');
    expect(await verdictBy({ policy }, '2023-11-15')).toBe('FAIL');
    expect(await verdictBy({ policy: policyOf(NO_ALLOWANCES) })).toBe('FAIL');
  });
});
