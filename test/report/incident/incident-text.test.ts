import { describe, expect, it } from 'vitest';
import { renderInvestigationText } from '../../../src/report/incident/incident-text.ts';
import { abstaining, investigation, largeIncident, ONSET } from '../../support/investigations.ts';

const BERLIN = { timeZone: 'Europe/Berlin' };
const NO_SYMPTOM = { workloads: [], operations: [], understood: [] };
const lines = (text: string) => text.split('\n');

describe('an investigation in a terminal', () => {
  it('answers first: where, what, how sure, when in both times', () => {
    expect(lines(renderInvestigationText(investigation(), BERLIN)).slice(0, 4)).toEqual([
      'Origin: inventory',
      '  inventory ran out of connections to its database at 14:28:03, so its reservations failed with 503, which cascaded into checkout failures.',
      "  confidence 87 %; 12.4 % of users' requests failed or were slow (1.1 % before)",
      '  began 2026-11-23 14:28:03 UTC (15:28:03 Europe/Berlin), between 14:28:02 and 14:28:03 UTC; over after 10 min',
    ]);
  });

  it('tells what of the symptom was understood, for it decides where is looked', () => {
    const told = (understood: readonly string[]) => {
      const symptom = { ...investigation().symptom, understood };
      return renderInvestigationText(investigation({ symptom }));
    };
    const said = '  symptom: checkout fails since 14:30';
    expect(lines(told(['checkout', 'errors']))).toContain(`${said} (understood: checkout, errors)`);
    expect(told([])).toContain(`${said} (none of its words names what was seen: all of it is`);
    expect(told([...'abcdefgh'])).toContain(`${said} (understood: a, b, c, d, e, f and 2 more)`);
    expect(renderInvestigationText(investigation({ symptom: NO_SYMPTOM }))).not.toMatch(/symptom:/);
  });

  it('then the timeline, the origin with its reasons, how it spread, what was ruled out, what is next', () => {
    const text = renderInvestigationText(investigation(), BERLIN);
    const parts = [
      'timeline:',
      '2026-11-23 14:23:03 UTC / 15:23:03 deployment inventory: Deployment of v2.1',
      'origin: inventory POST /reservations, out of connections (waits, then too many connections)',
      '1,204 of its 1,310 calls waited about 5 s',
      'evidence: node-a/204/7 (503, 5,000 ms)',
      'or (2): inventory-db',
      'inventory POST /reservations → checkout POST /checkout: errors and latency, 1,188 of 1,201 calls, since 14:28:08 UTC',
      'gateway POST /api/checkout: 1,192 of 1,940 calls, 1,180 failed; P95 118 ms → 5,020 ms',
      'deployment: inventory was deployed 5 min before',
      'payment: It was called less, and is as fast as before.',
      'breaking error.rate-increased inventory POST /reservations',
      'next:',
      'known good: 2026-11-23 14:20:03 UTC (15:20:03 Europe/Berlin) to 14:27:03 UTC, before the onset',
      'snapshot: wireproof-shop-20261123-1430',
    ];
    let from = 0;
    for (const part of parts) {
      const at = text.indexOf(part, from);
      expect(at, part).toBeGreaterThan(-1);
      from = at;
    }
  });

  it('without enough evidence says so, why, and what to capture', () => {
    const text = renderInvestigationText(abstaining());
    expect(lines(text)[0]).toBe('Not enough evidence');
    expect(text).toContain('why nothing is named:\n  Of 310 calls in the incident, 4 failed');
    expect(text).toContain('next:\n  Capture ten minutes from a quiet time');
    expect(text).not.toContain('confidence');
    expect(text).not.toMatch(/^(?:origin|how it spread)/m);
  });

  it('says where it was so from the first call on, and where it lasts', () => {
    const { window, knownGood } = investigation();
    const early = { at: window.start, from: window.start - 1, to: window.start + 2_000 };
    const told = (origin: 'given' | 'before-onset') =>
      renderInvestigationText(investigation({ began: early, knownGood: { ...knownGood, origin } }));
    expect(told('given')).toContain(
      'began 2026-11-23 14:20:03 UTC, or before: the first calls show it; it lasts',
    );
    expect(told('before-onset')).toContain('UTC, between 14:20:02 and 14:20:05 UTC; it lasts');
  });

  it('names a place once, and calls nothing certain that is not', () => {
    const [first, ...rest] = investigation().timeline;
    const said = { ...first, workload: 'inventory', summary: 'inventory: failures rose.' };
    const text = renderInvestigationText(
      investigation({ timeline: [said as never, ...rest], confidence: 0.998 }),
    );
    expect(text).toContain('UTC deployment: inventory: failures rose.');
    expect(text).toContain('confidence > 99 %');
  });

  it('bounds every list and counts the rest', () => {
    const text = renderInvestigationText(largeIncident());
    expect(lines(text).length).toBeLessThan(170);
    expect(text.match(/… and 580 more \(--json has all\)/g)?.length).toBe(3);
  });

  it.each([
    ['UTC', undefined],
    [undefined, undefined],
    ['Etc/UTC', undefined],
    ['Asia/Kolkata', '19:58:03'],
    ['Pacific/Auckland', '2026-11-24 03:28:03'],
    ['Nowhere/Town', undefined],
  ])('in %s stands %s beside UTC', (timeZone, local) => {
    const text = renderInvestigationText(investigation(), { timeZone });
    const [, beside] = /began 2026-11-23 14:28:03 UTC(?: \((.*?) \w+\/\w+\))?,/.exec(text) ?? [];
    expect(beside).toBe(local);
  });

  it('shows a time that no calendar has as its number', () => {
    const onset = { at: 9e15, from: 9e15, to: 9e15 };
    expect(renderInvestigationText(investigation({ began: onset }), BERLIN)).toContain(
      'began 9000000000000000, to the second',
    );
    expect(ONSET).toBe(Date.parse('2026-11-23T14:28:03Z'));
  });
});
