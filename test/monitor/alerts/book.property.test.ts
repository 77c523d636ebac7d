import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/monitor/alert.ts';
import { USUAL_SETTINGS } from '../../../src/monitor/settings.ts';
import type { Json } from '../../../src/support/json.ts';
import { at, context, newBook, RULES, signal } from './signals.ts';

const workload = fc.constantFrom('web', 'orders', 'stock', 'db', 'pay', 'batch');
const anySignal = fc
  .record({
    rule: fc.constantFrom(...RULES.keys()),
    workload,
    operation: fc.option(fc.constantFrom('x GET /a', 'x GET /b'), { nil: undefined }),
    caller: fc.option(workload, { nil: undefined }),
    detail: fc.option(fc.constantFrom('evil.example', 'field'), { nil: undefined }),
    severity: fc.option(fc.constantFrom('critical' as const, 'info' as const), { nil: undefined }),
    chance: fc.constantFrom(0, 1e-9, 1e-7),
    value: fc.constantFrom(0, 0.5),
  })
  .map(({ rule, workload: name, operation, caller, detail, severity, ...more }) =>
    signal(
      rule,
      {
        workload: name,
        ...(operation && { operation }),
        ...(caller && { caller }),
        ...(detail && { detail }),
      },
      { ...more, ...(severity && { severity }) },
    ),
  );
/** Slots in which troubles tend to last. */
const story = fc
  .array(
    fc.record({
      signals: fc.array(anySignal, { maxLength: 5 }),
      lasts: fc.integer({ min: 1, max: 4 }),
      complete: fc.boolean(),
      rollout: fc.boolean(),
      silent: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((parts) => parts.flatMap(({ lasts, ...part }) => Array.from({ length: lasts }, () => part)));
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const settings = { ...USUAL_SETTINGS, maxAlertsAnHour: 4 };
const SILENT = { ...settings, silences: [{ rule: 'errors.*', reason: 'quiet' }] };

function play(told: Story, restoreAt: (index: number) => boolean, shuffle = false) {
  let book = newBook();
  const alerts: Alert[][] = [];
  told.forEach(({ signals, complete, rollout, silent }, i) => {
    const own = at(i, ...signals);
    const given = context(i, {
      complete: complete || i % 3 > 0,
      settings: silent ? SILENT : settings,
      ...(rollout && { rollout: () => given.slot.start }),
    });
    alerts.push([...book.update(shuffle ? [...own].reverse() : own, given)]);
    if (restoreAt(i)) book = newBook(JSON.parse(JSON.stringify(book)) as Json);
  });
  return { alerts, firing: book.firing(), kept: JSON.stringify(book) };
}

describe('a book of alerts', () => {
  it('does not depend on the order of a slot’s signals', () => {
    fc.assert(
      fc.property(story, (told) => {
        expect(play(told, () => false, true)).toEqual(play(told, () => false));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same when it is stopped and restored after any slot', () => {
    fc.assert(
      fc.property(story, fc.func(fc.boolean()), (told, restore) => {
        expect(play(told, restore)).toEqual(play(told, () => false));
      }),
      { numRuns: 300 },
    );
  });

  it('tells each firing before its end, and its end at most once', () => {
    let ends = 0;
    fc.assert(
      fc.property(story, (told) => {
        const open = new Set<string>();
        const { alerts, firing } = play(told, () => false);
        for (const { id, state, silenced, since, firedAt, resolvedAt } of alerts.flat()) {
          expect(Date.parse(since)).toBeLessThanOrEqual(Date.parse(firedAt));
          if (silenced !== undefined) continue;
          if (state === 'firing') open.add(id);
          else {
            expect(open.delete(id)).toBe(true);
            expect(Date.parse(resolvedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(since));
            ends++;
          }
        }
        const sent = firing.filter((alert) => alert.silenced === undefined).map(({ id }) => id);
        expect(sent.sort()).toEqual([...open].sort());
      }),
      { numRuns: 300 },
    );
    expect(ends).toBeGreaterThan(100);
  });

  it('leaves no confirmed deviation untold: it leads, or is an effect of one that fires or just did', () => {
    fc.assert(
      fc.property(fc.array(anySignal, { minLength: 1, maxLength: 5 }), (signals) => {
        const book = newBook();
        for (let i = 0; i < 12; i++) book.update(at(i, ...signals), context(i, { settings }));
        const told = book
          .firing()
          .flatMap(({ rule, subject, effects }) => [{ rule, subject }, ...effects])
          .map(({ rule, subject }) => JSON.stringify([rule, subject]));
        for (const { rule, subject } of signals) {
          expect(told).toContain(JSON.stringify([rule, subject]));
        }
      }),
      { numRuns: 300 },
    );
  });
});
