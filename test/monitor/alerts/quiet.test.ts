import { describe, expect, it } from 'vitest';
import { USUAL_SETTINGS } from '../../../src/monitor/settings.ts';
import { at, context, newBook, signal, told } from './signals.ts';

const MINUTES = 60;

describe('alerts that are kept back', () => {
  it('keeps a silenced alert in the book, and sends it when the silence is over', () => {
    const settings = {
      ...USUAL_SETTINGS,
      silences: [
        {
          rule: 'errors.*',
          workload: 'ord*',
          to: Date.parse('2026-03-02T00:30:00Z'),
          reason: 'a test of load',
        },
      ],
    };
    const book = newBook();
    const unwell = [signal('errors.burn-rate', 'orders'), signal('errors.burn-rate', 'batch')];
    expect(told(book.update(at(1, ...unwell), context(1, { settings }))).sort()).toEqual([
      'firing errors.burn-rate batch',
      'firing errors.burn-rate orders (a test of load)',
    ]);
    expect(
      book
        .firing()
        .map(({ silenced }) => silenced)
        .sort(),
    ).toEqual(['a test of load', undefined]);
    for (let i = 2; i < 6; i++) {
      expect(book.update(at(i, ...unwell), context(i, { settings }))).toEqual([]);
    }
    expect(told(book.update(at(6, ...unwell), context(6, { settings })))).toEqual([
      'firing errors.burn-rate orders',
    ]);
  });

  it('tells of the end of a silenced alert as silenced', () => {
    const settings = { ...USUAL_SETTINGS, silences: [{ rule: '*', reason: 'quiet' }] };
    const book = newBook();
    book.update(at(1, signal('errors.burn-rate', 'orders')), context(1, { settings }));
    book.update([], context(2, { settings }));
    expect(told(book.update([], context(3, { settings })))).toEqual([
      'resolved errors.burn-rate orders (quiet)',
    ]);
  });

  it.each([
    ['within a day', 1 * MINUTES, 2 * MINUTES, 12, true],
    ['its first minute', 59, 2 * MINUTES, 11, true],
    ['its last minute is outside', 0, 59, 11, false],
    ['after it', 0, 1 * MINUTES, 12, false],
    ['over midnight, before', 23 * MINUTES, 1 * MINUTES, 23 * 12, true],
    ['over midnight, after', 23 * MINUTES, 1 * MINUTES, 6, true],
    ['over midnight, outside', 23 * MINUTES, 1 * MINUTES, 14, false],
    ['the whole day', 60, 60, 200, true],
  ])('is silent every day: %s', (_, from, to, index, silent) => {
    const settings = { ...USUAL_SETTINGS, silences: [{ daily: { from, to }, reason: 'backups' }] };
    const [alert] = newBook().update(
      at(index, signal('errors.burn-rate', 'orders')),
      context(index, { settings }),
    );
    expect(alert?.silenced).toBe(silent ? 'backups' : undefined);
  });

  it('takes no notice of rules that are off', () => {
    const settings = { ...USUAL_SETTINGS, off: ['errors.*'] };
    const book = newBook();
    for (let i = 1; i < 5; i++) {
      expect(
        book.update(at(i, signal('errors.burn-rate', 'orders')), context(i, { settings })),
      ).toEqual([]);
    }
  });

  it('counts what is beyond the limit of an hour in one alert, and sends it when there is room', () => {
    const settings = { ...USUAL_SETTINGS, maxAlertsAnHour: 2 };
    const book = newBook();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const unwell = names.map((name) => signal('protocol.schema', name));
    expect(told(book.update(at(1, ...unwell), context(1, { settings })))).toEqual([
      'firing protocol.schema a',
      'firing protocol.schema b',
      'firing protocol.schema c (more than 2 alerts in an hour)',
      'firing protocol.schema d (more than 2 alerts in an hour)',
      'firing protocol.schema e (more than 2 alerts in an hour)',
      'firing monitor.flood shop',
    ]);
    const flooded = book.firing().find(({ rule }) => rule === 'monitor.flood');
    expect(flooded).toMatchObject({
      value: 3,
      summary: '3 alerts beyond the 2 that are sent in an hour',
    });
    // A critical one is not held back by warnings.
    const critical = signal('security.plaintext-egress', { workload: 'z', detail: 'evil.example' });
    expect(told(book.update(at(2, ...unwell, critical), context(2, { settings })))).toEqual([
      'firing security.plaintext-egress z',
    ]);
    const later = [];
    for (let i = 3; i < 40; i++)
      later.push(...told(book.update(at(i, ...unwell), context(i, { settings }))));
    expect(later).toEqual([
      'resolved security.plaintext-egress z',
      'firing protocol.schema c',
      'firing protocol.schema d',
      'firing protocol.schema e',
      'resolved monitor.flood shop',
    ]);
  });
});
