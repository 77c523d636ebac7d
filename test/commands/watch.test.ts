import { describe, expect, test } from 'vitest';
import { DEDUPE_REACH_MS } from '../../src/calls/dedupe.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { LATE_MS, watch } from '../../src/commands/watch.ts';
import { compareWindows } from '../../src/compare/windows.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { parseRecord } from '../../src/sources/record.ts';
import type { Clock } from '../../src/support/clock.ts';
import { type HubRecord, parseHubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateNdjson, generateRecords, type RecordOptions } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';

const BEGIN = 1_750_000_000_000;
/** 1,200 requests, one every 100 ms: two minutes. */
const SCENARIO = { requests: 1_200, every: 100 } as const;
const WINDOW_MS = 130_000;

function profileOf(records: readonly unknown[], owns: (ts: number) => boolean = () => true) {
  const profiler = new Profiler({ owns });
  for (const record of records) profiler.push(parseRecord(record));
  return profiler.finish();
}

const base = profileOf(generateRecords({ seed: 1, ...SCENARIO }));

/** Time that passes only while somebody sleeps. */
function fakeClock(): Clock {
  let now = BEGIN;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

function recorded(candidate: RecordOptions): HubRecord[] {
  const lines = generateNdjson({ seed: 2, rollout: 1, start: BEGIN, ...SCENARIO, ...candidate });
  return lines.trim().split('\n').map(parseHubRecord);
}

async function watched(
  records: readonly HubRecord[],
  more: Partial<Record<OptionName, string>> = {},
) {
  // The recording goes on after the window, as a Hub's does: nothing is left to settle.
  const [first] = records;
  if (!first) throw new Error('no records');
  const later = { ...first, id: 'later', ts: BEGIN + 10 * WINDOW_MS };
  await using served = await hubWith([...records, later]);
  const { io, noted, printed } = commandIO();
  const clock = fakeClock();
  const given = { 'kubeshark-url': served.url, window: `${WINDOW_MS}ms`, interval: '10s' };
  const outcome = await watch([base], inputsOf('verify', { ...given, ...more }), io, clock);
  const took = clock.now() - BEGIN;
  return { ...outcome, took, noted, printed: printed.join('') };
}

describe('verify --watch', () => {
  test('fails before the window ends when it gets slower meanwhile', async () => {
    const start = BEGIN + 40_000;
    const before = recorded({ requests: 400 }).filter(({ ts }) => ts < start);
    const after = recorded({ requests: 800, start, rollout: 2, regressions: ['slower'] });
    const { exitCode, judgement, took, printed } = await watched([...before, ...after]);
    expect(exitCode).toBe(1);
    expect(took).toBeGreaterThan(40_000);
    expect(took).toBeLessThan(WINDOW_MS);
    expect(judgement?.findings[0]).toMatchObject({
      rule: expect.stringMatching(/^latency\./),
      severity: 'breaking',
      operation: 'inventory GET /api/items',
    });
    expect(printed).toMatch(/while the window still ran/);
  });

  test.each([
    ['new-500', 'payment POST /charges'],
    ['field-removed', 'orders GET /api/orders/{id}'],
  ] as const)('fails early for %s', async (regression, operation) => {
    const { exitCode, judgement, took } = await watched(recorded({ regressions: [regression] }));
    expect(exitCode).toBe(1);
    expect(took).toBeLessThan(WINDOW_MS);
    const breaking = judgement?.findings.filter(({ severity }) => severity === 'breaking');
    expect(breaking?.map((finding) => finding.operation)).toContain(operation);
  });

  test('passes at the end and not before, judged as the whole window is', async () => {
    const records = recorded({ seenTwice: 0.1 });
    const { exitCode, judgement, took, noted } = await watched(records, { interval: '20s' });
    expect([exitCode, judgement?.verdict, took]).toEqual([0, 'PASS', WINDOW_MS]);
    const whole = profileOf(records);
    expect(judgement?.capture.candidate.calls).toBe(whole.capture.calls);
    const { findings } = compareWindows([base], whole, { minSamples: 20 });
    expect(judgement?.findings).toEqual(findings);
    const seen = noted.flatMap((line) => /^(\d+) calls seen/.exec(line)?.[1] ?? []).map(Number);
    const lastLook = BEGIN + 120_000 - LATE_MS - DEDUPE_REACH_MS;
    expect(seen.at(-1)).toBe(profileOf(records, (ts) => ts <= lastLook).capture.calls);
  });

  test('tells a dry run as it is', async () => {
    const failed = await watched(recorded({ regressions: ['slower'] }), { 'dry-run': 'true' });
    expect([failed.exitCode, failed.judgement?.verdict]).toEqual([0, 'FAIL']);
  });

  test.each([{ start: '2026-01-01' }, { run: 'true' }, { route: 'snapshot' }] as const)(
    'refuses %j',
    async (more) => {
      const inputs = inputsOf('verify', more);
      await expect(watch([base], inputs, commandIO().io)).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(/^--watch does not go with/),
      });
    },
  );
});
