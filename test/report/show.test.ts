import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { profileCapture } from '../../src/profile/profiler.ts';
import { summariseProfile } from '../../src/report/profile-summary.ts';
import { renderShow } from '../../src/report/show.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { HOSTILE } from '../support/judgements.ts';
import { generateNdjson } from '../support/records.ts';
import { profileAt } from '../support/stored.ts';
import { withFile } from '../support/with-file.ts';

it('tells calls, quantiles, statuses, callers and sizes of each operation', async () => {
  const profile = await withFile(
    'calls.ndjson',
    generateNdjson({ seed: 1, requests: 200 }),
    (path) => profileCapture(readNdjson(path)),
  );
  const summary = summariseProfile('base.json', [profile]);
  expect(summary.operations.reduce((sum, { calls }) => sum + calls, 0)).toBe(summary.calls);
  for (const { calls, statuses, latency } of summary.operations) {
    expect(statuses.reduce((sum, status) => sum + status.calls, 0)).toBe(calls);
    if (latency) expect(latency.p50).toBeLessThanOrEqual(latency.p99);
  }
  const schema = JSON.parse(readFileSync('docs/schema/show.schema.json', 'utf8'));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(validate(JSON.parse(JSON.stringify(summary))), JSON.stringify(validate.errors)).toBe(true);
  const window = { wireproof: '0.1.0', commit: 'c0ffee', start: 1, end: 1, calls: 1 };
  const scope = { namespace: ['shop'], workload: [], kfl: 'http' };
  const stored = summariseProfile('x', [profileAt(1)], { scope, windows: [window] });
  expect(validate(JSON.parse(JSON.stringify(stored))), JSON.stringify(validate.errors)).toBe(true);
  const text = renderShow(summary);
  expect(text).toContain('it does not say where it comes from');
  expect(text).toMatch(/\norders GET \/api\/orders\/\{id\}\n {2}\d+ calls\n {2}statuses: 200 ×\d+/);
  expect(text).toMatch(/\n {2}latency: P50 [\d.]+ ms, P95 [\d.]+ ms, P99 [\d.]+ ms\n/);
  expect(text).toMatch(/\n {2}response: P50 \d+ B/);
  expect(text).toMatch(/\n {2}callers: gateway ×\d+/);
});

it('shows hostile names as what they are, a line each', () => {
  const lines = renderShow(summariseProfile('x', [profileAt(1)])).split('\n').length;
  for (const hostile of HOSTILE) {
    const window = { wireproof: hostile, commit: hostile, start: 1, end: 1, calls: 1 };
    const scope = { namespace: [hostile], workload: [], kfl: hostile };
    const summary = summariseProfile(hostile, [profileAt(1)], { scope, windows: [window] });
    const operation = {
      ...(summary.operations[0] as (typeof summary.operations)[0]),
      operation: hostile,
      statuses: [{ status: hostile, calls: 1 }],
      callers: [{ caller: hostile, calls: 1 }],
    };
    const text = renderShow({ ...summary, operations: [operation] });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(text.split('\n').length).toBe(lines + 1);
    expect(text.length).toBeLessThan(10_000);
  }
});
