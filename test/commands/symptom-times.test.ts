import { expect, test } from 'vitest';
import { symptomTimes } from '../../src/commands/symptom-times.ts';

const now = Date.parse('2026-11-26T15:15:00Z');

test.each([
  ['checkout failures since 14:30', 'UTC', '2026-11-26T14:30:00Z', undefined],
  ['checkout failures since 14:30', 'Europe/Berlin', '2026-11-26T13:30:00Z', undefined],
  ['since 18:00 it is slow', 'UTC', '2026-11-25T18:00:00Z', undefined],
  ['since 14:30 CET', 'UTC', '2026-11-26T13:30:00Z', undefined],
  ['why does checkout fail, look at the last 30 minutes', 'UTC', '2026-11-26T14:45:00Z', undefined],
  ['it fails for 5 minutes', 'UTC', '2026-11-26T15:10:00Z', undefined],
  ['we had an outage at 3 am', 'UTC', '2026-11-26T02:45:00Z', '2026-11-26T03:45:00Z'],
  ['between 14:00 and 14:20 orders failed', 'UTC', '2026-11-26T14:00:00Z', '2026-11-26T14:20:00Z'],
  [
    'errors between 16:00 and 16:30 UTC yesterday',
    'UTC',
    '2026-11-25T16:00:00Z',
    '2026-11-25T16:30:00Z',
  ],
  ['since 2026-11-26T01:00:00Z', 'America/New_York', '2026-11-26T01:00:00Z', undefined],
])('%s (%s)', async (text, zone, since, until) => {
  const found = await symptomTimes(text, now, zone);
  expect(found.since).toBe(Date.parse(since));
  expect(found.until).toBe(until === undefined ? undefined : Date.parse(until));
  expect(found.words.length).toBeGreaterThan(0);
});

test.each(['payment returns 500 now and then', 'the second order fails', ''])(
  'no time in: %s',
  async (text) => {
    expect(await symptomTimes(text, now, 'UTC')).toEqual({ words: [] });
  },
);
