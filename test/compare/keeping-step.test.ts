import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

const MINUTES = 6;

/**
 * A pod that is probed every ten seconds, commits its offsets every five by itself, so long after a
 * probe, and answers a request a second, from the store or not.
 */
function captured(side: string, after: number, stored = true): Profile {
  const calls: Call[] = [];
  const add = (given: Partial<Call> & { from?: string; to?: string }) =>
    calls.push(call({ ...given, id: `${side}/${calls.length}` }));
  for (let at = 0; at < MINUTES * 60_000; at += 1000) {
    const late = (at / 1000) % 7;
    if (at % 10_000 === 0) add({ ts: at, latency: 2, to: 'search', path: '/healthz' });
    if (at % 5000 === 0) {
      const ts = at + after + 9 * late;
      add({ ts, latency: 2, from: 'search', to: 'kafka', method: 'COMMIT', path: 'offsets' });
    }
    const ts = at + (((at / 1000) * 389) % 900);
    add({ ts, latency: 40, from: 'web', to: 'search', path: '/search' });
    if (stored) {
      const method = 'POST';
      add({
        ts: ts + 3 + late,
        latency: 20,
        from: 'search',
        to: 'index',
        method,
        path: '/query',
      });
    }
  }
  const profiler = new Profiler();
  for (const one of calls.sort((a, b) => a.ts - b.ts)) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

function found(base: Profile, cand: Profile): string[] {
  const { findings } = compareProfiles(base, cand, { minSamples: 20 });
  return findings.map(({ severity, rule, operation, path }) =>
    [severity, rule, operation, path].join(' '),
  );
}

describe('work that kept step with probes in one rollout and not in the other', () => {
  it('is linked to them, and no break either way', () => {
    const [inStep, outOfStep] = [captured('b', 100), captured('c', 2500)];
    const commits = 'search GET /healthz kafka COMMIT /offsets';
    expect(found(inStep, outOfStep)).toEqual([`info call.missing ${commits}`]);
    expect(found(captured('b', 2500), captured('c', 100))).toEqual([
      `info call.mutation-added ${commits}`,
    ]);
  });

  it('hides no call that is gone', () => {
    expect(found(captured('b', 100), captured('c', 2500, false))).toContain(
      'breaking call.missing search GET /search index POST /query',
    );
  });
});
