import { describe, expect, it } from 'vitest';
import type { CaptureProblem } from '../../src/calls/observation.ts';
import type { Alert } from '../../src/monitor/alert.ts';
import { AlertBook } from '../../src/monitor/alerts/alert-book.ts';
import type { Quietness } from '../../src/monitor/learned/level.ts';
import { OwnHealth } from '../../src/monitor/own-health.ts';
import { OWN_RULES } from '../../src/monitor/own-rules.ts';
import { USUAL_SETTINGS } from '../../src/monitor/settings.ts';
import { slotAt } from '../../src/monitor/slot.ts';
import { CaptureError } from '../../src/support/errors.ts';
import { normal } from '../support/judged-slots.ts';
import { callAt } from './calls.ts';
import { viewOf } from './views.ts';

const INTERVAL = 300_000;
const START = Date.UTC(2026, 2, 2);
const OPERATION = 'orders GET /orders/{id}';

interface Shown {
  readonly calls?: number;
  readonly problems?: readonly CaptureProblem[];
  readonly usualAnHour?: number;
  readonly familiar?: boolean;
  readonly quietness?: Quietness;
  readonly error?: CaptureError;
}

/** What the monitor says of itself, slot after slot. */
function told(slots: readonly Shown[]): Alert[] {
  const book = new AlertBook('all', new Map(OWN_RULES.map((rule) => [rule.id, rule])), undefined);
  const health = new OwnHealth();
  return slots.flatMap(
    ({ calls = 1, problems = [], usualAnHour = 1_200, familiar = true, quietness, error }, i) => {
      const slot = slotAt(START + i * INTERVAL, INTERVAL);
      const now = slot.end + 7_000;
      if (error) health.noteBlind(now);
      else {
        health.noteSight();
        const made = Array.from({ length: calls }, () => callAt({ ts: slot.start }));
        const usual = {
          ...normal({ callsAnHour: usualAnHour }),
          familiar,
          ...(quietness && { quietness }),
        };
        health.noteSlot(viewOf(slot, made, { problems }), usual, [OPERATION]);
      }
      return health.update(book, now, INTERVAL, USUAL_SETTINGS, { error, unkept: undefined });
    },
  );
}

const words = (alerts: readonly Alert[]) => alerts.map(({ rule, state }) => `${rule} ${state}`);
const times = (count: number, shown: Shown) => Array.from({ length: count }, () => shown);

describe('monitor.no-traffic', () => {
  const nothing = { calls: 0 };

  it('is told with the second interval without a call, once, until one has calls', () => {
    const alerts = told([{}, ...times(5, nothing), {}, {}]);
    expect(words(alerts)).toEqual(['monitor.no-traffic firing', 'monitor.no-traffic resolved']);
    const [fired] = alerts;
    expect(fired).toMatchObject({ severity: 'critical', value: 0, expected: 100, unit: 'calls' });
    expect(fired?.summary).toMatch(/^Not one call was captured between .*; about 100 are usual$/);
    expect(Date.parse(fired?.since ?? '')).toBe(START + INTERVAL);
  });

  it('is a warning in a first night, or on a first weekend', () => {
    const [fired] = told(times(3, { ...nothing, familiar: false }));
    expect(fired).toMatchObject({ severity: 'warning', expected: 100 });
    expect(fired?.checked).toContain('no such hour of a day like this');
  });

  it('is told later on a quiet day, and never where hardly any calls are left', () => {
    const quiet = (share: number) =>
      Array.from({ length: 24 }, (_, i) => ({
        ...nothing,
        quietness: { share, variation: 0.2, since: { start: START, calls: 0, usual: 100 * i } },
      }));
    const [ordinary, tenth] = [times(24, nothing), quiet(0.1)].map(
      (slots) => Date.parse(told(slots)[0]?.firedAt ?? '') - START,
    );
    expect(ordinary).toBe(3 * INTERVAL);
    expect(tenth).toBe(7 * INTERVAL);
    expect(told(quiet(0.1))[0]).toMatchObject({ severity: 'critical', expected: 100 });
    expect(told(quiet(0.1))[0]?.summary).toMatch(
      /about 100 are usual, and 10 at the level of the hour before$/,
    );
    expect(told(quiet(0.01))).toEqual([]);
  });

  it('is none where few calls are usual, or for one interval', () => {
    expect(told(times(10, { ...nothing, usualAnHour: 100 }))).toEqual([]);
    expect(told([{}, nothing, {}, nothing, {}])).toEqual([]);
  });
});

describe('monitor.incomplete', () => {
  const problems = [{ code: 'incomplete', message: '40 calls are missing' }] as const;

  it('is told with the third such interval in a row, and ends with the second whole one', () => {
    const alerts = told([{}, ...times(4, { problems }), {}, {}, {}]);
    expect(words(alerts)).toEqual(['monitor.incomplete firing', 'monitor.incomplete resolved']);
    expect(alerts[0]?.summary).toBe('Calls are missing: 40 calls are missing');
    expect(Date.parse(alerts[0]?.firedAt ?? '')).toBe(
      Date.parse(alerts[0]?.since ?? '') + 3 * INTERVAL,
    );
  });

  it('is none for two intervals', () => {
    expect(told([{}, ...times(2, { problems }), {}, ...times(2, { problems }), {}])).toEqual([]);
  });
});

describe('monitor.blind', () => {
  const error = new CaptureError('cannot reach the Hub', { hint: 'is it up?' });

  it('is told with the second interval, with the reason and what to do', () => {
    const alerts = told([{}, ...times(3, { error }), {}, {}]);
    expect(words(alerts)).toEqual(['monitor.blind firing', 'monitor.blind resolved']);
    expect(alerts[0]?.summary).toMatch(
      /^Nothing is watched since .*: cannot reach the Hub \(is it up\?\)$/,
    );
  });
});
