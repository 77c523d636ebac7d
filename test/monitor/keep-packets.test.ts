import { describe, expect, it } from 'vitest';
import { keepPackets } from '../../src/monitor/keep-packets.ts';
import type { TrafficSource } from '../../src/monitor/traffic-source.ts';
import { CaptureError } from '../../src/support/errors.ts';
import { silent } from '../../src/support/progress.ts';
import { at, context, newBook, signal, slot } from './alerts/signals.ts';

/** A source that can do nothing but keep packets, and what it was asked to keep. */
function keeper(failure?: Error) {
  const asked: { readonly start: number; readonly end: number }[] = [];
  const source = {
    keep: async (window: { readonly start: number; readonly end: number }) => {
      asked.push(window);
      if (failure) throw failure;
      return `kept-${asked.length}`;
    },
  } as unknown as TrafficSource;
  const warned: string[] = [];
  const progress = { ...silent, warn: (line: string) => void warned.push(line) };
  return { asked, warned, source, progress };
}

/** An outage of orders and payment in slots 1 and 2; gives what each slot told. */
async function outage(severity: 'critical' | 'never', given = keeper()) {
  const book = newBook();
  const signals = ['orders', 'payment'].map((name) => signal('errors.burn-rate', name));
  const told = [];
  for (let i = 1; i < 8; i++) {
    const changed = book.update(i < 3 ? at(i, ...signals) : [], context(i));
    const { source, progress } = given;
    told.push(await keepPackets(changed, slot(i), severity, book, source, progress));
  }
  return { ...given, alerts: told.flat() };
}

describe('the packets of an alert', () => {
  it('are kept once, all of a slot in one snapshot, which every later word of the alert names', async () => {
    const { asked, alerts } = await outage('critical');
    expect(asked).toEqual([slot(1)]);
    expect(alerts.map(({ state, snapshot }) => `${state} ${snapshot}`)).toEqual([
      'firing kept-1',
      'firing kept-1',
      'resolved kept-1',
      'resolved kept-1',
    ]);
  });

  it('are kept of nothing that is less severe, or where none shall be', async () => {
    expect((await outage('never')).asked).toEqual([]);
    const book = newBook();
    const { asked, source, progress } = keeper();
    const changed = book.update(at(1, signal('security.beacon', 'orders')), context(1));
    expect(changed).toHaveLength(1);
    expect(await keepPackets(changed, slot(1), 'critical', book, source, progress)).toBe(changed);
    expect(asked).toEqual([]);
  });

  it('reach back to where it began, but a quarter of an hour at most', async () => {
    const book = newBook();
    const { asked, source, progress } = keeper();
    const early = { ...signal('errors.burn-rate', 'orders'), since: slot(1).start };
    const changed = book.update([early], context(20));
    await keepPackets(changed, slot(20), 'critical', book, source, progress);
    expect(asked).toEqual([{ start: slot(20).start - 900_000, end: slot(20).end }]);
  });

  it('that can not be kept cost nothing but a word', async () => {
    const { asked, warned, alerts } = await outage(
      'critical',
      keeper(new CaptureError('the disk is full')),
    );
    expect(asked).toEqual([slot(1)]);
    expect(warned).toEqual([
      expect.stringMatching(/^no packets are kept of .*: the disk is full$/),
    ]);
    expect(alerts.map(({ state, snapshot }) => [state, snapshot])).toEqual([
      ['firing', undefined],
      ['firing', undefined],
      ['resolved', undefined],
      ['resolved', undefined],
    ]);
  });
});
