import { describe, expect, it } from 'vitest';
import type { Summary } from '../../../src/monitor/summary/summary.ts';
import { SummaryListener } from '../../../src/monitor/summary/summary-listener.ts';
import { byteWords, lasting, shareWords } from '../../../src/report/monitor/quantities.ts';
import { renderSummary } from '../../../src/report/monitor/summary-markdown.ts';
import { busySlot, judgedSlot, MONDAY } from '../../support/judged-slots.ts';
import { HOSTILE } from '../../support/judgements.ts';

function summaryOf(...slots: readonly Parameters<SummaryListener['slot']>[0][]): Summary {
  const all: Summary[] = [];
  const listener = new SummaryListener(900_000, (summary) => all.push(summary));
  for (const slot of slots) listener.slot(slot);
  listener.end();
  return all[0] as Summary;
}

const busy = summaryOf(busySlot({ nth: 0 }), busySlot({ nth: 1 }));

describe('renderSummary', () => {
  it('tells a busy quarter of an hour as reviewed', async () => {
    await expect(renderSummary(busy)).toMatchFileSnapshot('golden/summary-busy.md');
  });

  it('tells a quiet one as reviewed', async () => {
    const quiet = [0, 1, 2].map((nth) => judgedSlot({ nth }));
    await expect(renderSummary(summaryOf(...quiet))).toMatchFileSnapshot('golden/summary-quiet.md');
  });

  it('says when the Hub could not be asked', () => {
    const since = new Date(MONDAY).toISOString();
    const blind = { ...busy, blind: [{ since, reason: 'connection refused' }] };
    expect(renderSummary(blind)).toContain(
      `- could not ask the Hub, since ${since}: connection refused`,
    );
  });

  it('keeps each row one row of as many cells, with no tag but its own, whatever the names', () => {
    for (const name of HOSTILE) {
      const markdown = renderSummary(summaryOf(busySlot({ name })));
      const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
      expect(rows.length).toBeGreaterThan(20);
      for (const row of rows) expect([3, 4, 5, 6]).toContain(row.split('|').length - 1);
      const tags = new Set(markdown.match(/<\/?[a-z!][^>]*>/gi));
      expect([...tags].sort()).toEqual(['</code>', '<br>', '<code>']);
      expect(markdown).not.toMatch(/\]\(|https?:\/\/|www\.|`/);
      expect(markdown.length).toBeLessThan(40_000);
    }
  });
});

it.each([
  [0, '0 s'],
  [999, '0 s'],
  [61_000, '1 min 1 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_400_000 + 5_000, '1 d'],
])('%s ms last %s', (ms, words) => expect(lasting(ms)).toBe(words));

it.each([
  [0, '0.0 %'],
  [0.0004, '0.04 %'],
  [0.0321, '3.2 %'],
  [0.5, '50.0 %'],
  [1, '100 %'],
])('a share of %s is %s', (share, words) => expect(shareWords(share)).toBe(words));

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.7, '1 kB'],
  [1_536_000, '1.54 MB'],
  [3e15, '3 PB'],
])('%s bytes are %s', (bytes, words) => expect(byteWords(bytes)).toBe(words));
