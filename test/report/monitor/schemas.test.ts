import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { schemaTexts } from '../../../scripts/schemas.ts';
import { SummaryListener } from '../../../src/monitor/summary/summary-listener.ts';
import { alert, busySlot, judgedSlot, MONDAY } from '../../support/judged-slots.ts';

const read = (name: string) => JSON.parse(readFileSync(`docs/schema/${name}.schema.json`, 'utf8'));
const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  allErrors: true,
  formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
});
const isAlert = ajv.compile(read('alert'));
const isSummary = ajv.compile(read('summary'));

it.each([...schemaTexts()])('%s is what the code gives (else: npm run docs)', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

it('both are promised by VERSIONING.md', () => {
  const promises = readFileSync('VERSIONING.md', 'utf8');
  for (const path of schemaTexts().keys()) expect(promises).toContain(path);
});

describe('the schema of an alert', () => {
  it.each([
    ['one that fires', alert()],
    ['one that is over', alert({ state: 'resolved', resolvedAt: '2026-11-23T15:00:00.000Z' })],
    ['a silenced one', alert({ silenced: 'load test' })],
    ['one without an expectation', alert({ expected: null, subject: { workload: 'orders' } })],
    [
      'one with what follows from it',
      alert({ effects: [{ rule: 'errors.share', subject: { workload: 'web' }, summary: 'x' }] }),
    ],
  ])('takes %s', (_, given) => {
    isAlert(JSON.parse(JSON.stringify(given)));
    expect(isAlert.errors ?? []).toEqual([]);
  });

  it.each([
    ['an unknown severity', { ...alert(), severity: 'fatal' }],
    ['a time that is none', { ...alert(), since: 'yesterday' }],
    ['a field of its own', { ...alert(), payload: 'secret' }],
    ['no subject', { ...alert(), subject: {} }],
  ])('refuses %s', (_, given) => expect(isAlert(given)).toBe(false));
});

it('the schema of a summary takes a busy one, a quiet one and a blind one', () => {
  const summaries: unknown[] = [];
  const listener = new SummaryListener(900_000, (one) => summaries.push(one));
  for (const nth of [0, 1]) listener.slot(busySlot({ nth }));
  listener.slot(judgedSlot({ nth: 3 }));
  listener.blind('shop', { since: MONDAY, reason: 'connection refused' });
  listener.end();
  expect(summaries.length).toBe(2);
  for (const summary of summaries) {
    isSummary(JSON.parse(JSON.stringify(summary)));
    expect(isSummary.errors ?? []).toEqual([]);
  }
  expect(isSummary({ ...(summaries[0] as object), kind: 'report' })).toBe(false);
});
