import { describe, expect, it } from 'vitest';
import { at, context, newBook, signal, slot, told } from './signals.ts';

describe('an alert comes and goes', () => {
  it('fires with the slot that confirms it, since its first signal', () => {
    const book = newBook();
    expect(book.update(at(1, signal('errors.share', 'orders')), context(1))).toEqual([]);
    const [alert] = book.update(at(2, signal('errors.share', 'orders')), context(2));
    expect(alert).toMatchObject({
      state: 'firing',
      rule: 'errors.share',
      category: 'errors',
      severity: 'warning',
      scope: 'shop',
      subject: { workload: 'orders' },
      since: new Date(slot(1).start).toISOString(),
      firedAt: new Date(slot(2).end + 1).toISOString(),
      duration: 600_000,
      learned: '7 of 7 days',
      effects: [],
    });
    expect(book.firing()).toEqual([alert]);
  });

  it('keeps the calls that showed it, though its last slots show fewer', () => {
    const book = newBook();
    const shown = (...ids: string[]) => ({
      evidence: ids.map((callId) => ({ callId, ts: 1, caller: 'web', operation: 'orders GET /' })),
    });
    const showing = (i: number, ...ids: string[]) =>
      book.update(at(i, signal('errors.burn-rate', 'orders', shown(...ids))), context(i));
    showing(1, 'a', 'b');
    showing(2, 'c', 'a');
    showing(3);
    book.update([], context(4));
    const [resolved] = book.update([], context(5));
    expect(resolved?.evidence.map(({ callId }) => callId)).toEqual(['c', 'a', 'b']);
    for (let i = 1; i < 9; i++) showing(20 + i, ...[1, 2, 3].map((n) => `${i}/${n}`));
    const [firing] = book.firing();
    expect(firing?.evidence).toHaveLength(10);
    expect(firing?.evidence[0]?.callId).toBe('8/1');
  });

  it('does not fire where slots with other traffic do not follow each other', () => {
    const book = newBook();
    for (let i = 1; i < 20; i += 2) {
      expect(book.update(at(i, signal('traffic.volume', 'orders')), context(i))).toEqual([]);
      expect(book.update([], context(i + 1))).toEqual([]);
    }
  });

  it.each([2, 3, 4, 5])('fires once at the third bad slot where one in %i is bad', (every) => {
    let book = newBook();
    const alerts: string[] = [];
    for (let i = 0; i < 10 * every; i++) {
      const bad = i % every === 0;
      const some = bad ? at(i, signal('latency.p95', 'orders')) : [];
      const given = book.update(some, context(i));
      alerts.push(...told(given).map((words) => `${i / every} ${words}`));
      for (const alert of given) expect(alert.since).toBe(new Date(slot(0).start).toISOString());
      book = newBook(JSON.parse(JSON.stringify(book.toJSON())));
    }
    expect(alerts).toEqual(['2 firing latency.p95 orders']);
    const ends = [0, 1, 2, 3, 4, 5, 6].map((i) => book.update([], context(10 * every + i)));
    expect(told(ends.flat())).toEqual(['resolved latency.p95 orders']);
  });

  it.each([
    ['half an hour', 6],
    ['an hour', 12],
    ['an hour and a half', 18],
  ])(
    'fires once at the fifth time that it comes every %s, and ends once it stays away',
    (_, every) => {
      let book = newBook();
      const alerts: string[] = [];
      for (let i = 0; i < 14 * every; i++) {
        const bad = i % every === 0 && i < 10 * every;
        const some = bad ? at(i, signal('errors.share', 'orders')) : [];
        const given = book.update(some, context(i));
        alerts.push(...told(given).map((words) => `${Math.floor(i / every)} ${words}`));
        for (const { since } of given) expect(since).toBe(new Date(slot(0).start).toISOString());
        book = newBook(JSON.parse(JSON.stringify(book.toJSON())));
      }
      expect(alerts).toEqual(['4 firing errors.share orders', '11 resolved errors.share orders']);
    },
  );

  it('does not fire where a bad slot comes back only twice, or at no even distances', () => {
    const begin = (starts: readonly number[]) => {
      const book = newBook();
      return Array.from({ length: 100 }, (_, i) =>
        book.update(starts.includes(i) ? at(i, signal('errors.share', 'orders')) : [], context(i)),
      ).flat();
    };
    expect(begin([0, 6])).toEqual([]);
    expect(begin([0, 12, 24, 36])).toEqual([]);
    expect(begin([0, 9, 25, 36, 50, 57, 75, 81, 95])).toEqual([]);
    // A slot more or less is even enough.
    expect(told(begin([0, 12, 25, 36, 48]))[0]).toEqual('firing errors.share orders');
  });

  it('does not fire for the restarts of one rollout after the other', () => {
    const book = newBook();
    for (let i = 0; i < 24; i++) {
      const began = slot(i - (i % 4)).start;
      const some = i % 4 === 0 ? at(i, signal('latency.p95', 'orders')) : [];
      expect(book.update(some, context(i, { rollout: () => began }))).toEqual([]);
    }
  });

  it('is confirmed across a slot with too few events, and not ended by it', () => {
    const book = newBook();
    const thin = { enough: () => false };
    book.update(at(1, signal('errors.share', 'orders')), context(1));
    expect(book.update([], context(2, thin))).toEqual([]);
    expect(told(book.update(at(3, signal('errors.share', 'orders')), context(3)))).toEqual([
      'firing errors.share orders',
    ]);
    for (let i = 4; i < 15; i++) expect(book.update([], context(i, thin))).toEqual([]);
    // A workload that is called no more ends it after all.
    expect(told(book.update([], context(15, thin)))).toEqual(['resolved errors.share orders']);
  });

  it('is resolved once, after the quiet slots of its rule, with the time that it really lasted', () => {
    const book = newBook();
    const [fired] = book.update(at(1, signal('errors.burn-rate', 'orders')), context(1));
    book.update([], context(2));
    const [resolved] = book.update([], context(3));
    expect(resolved).toMatchObject({
      id: fired?.id,
      state: 'resolved',
      resolvedAt: new Date(slot(1).end + 1).toISOString(),
      duration: 300_000,
    });
    for (let i = 4; i < 30; i++) expect(book.update([], context(i))).toEqual([]);
    expect(book.firing()).toEqual([]);
  });

  it('takes a slot once', () => {
    const book = newBook();
    book.update(at(1, signal('errors.share', 'orders')), context(1));
    const before = JSON.stringify(book);
    expect(book.update(at(1, signal('errors.share', 'orders')), context(1))).toEqual([]);
    expect(JSON.stringify(book)).toBe(before);
  });

  it('is not cleared by a slot that was not wholly captured', () => {
    const book = newBook();
    book.update(at(1, signal('errors.burn-rate', 'orders')), context(1));
    for (let i = 2; i < 40; i++) {
      expect(book.update([], context(i, { complete: false }))).toEqual([]);
    }
    expect(book.firing()).toHaveLength(1);
  });

  it('does not take missing traffic for a signal where the capture has holes', () => {
    const book = newBook();
    const less = signal('traffic.silence', 'orders', { value: 0, expected: 900, unit: 'calls' });
    for (let i = 1; i < 9; i++) {
      expect(book.update(at(i, less), context(i, { complete: false }))).toEqual([]);
    }
    const more = signal('traffic.volume', 'orders', { value: 9_000, expected: 900 });
    book.update(at(9, more), context(9, { complete: false }));
    expect(book.update(at(10, more), context(10, { complete: false }))).toHaveLength(1);
  });

  it('goes on when it comes back soon, and takes longer to end the second time', () => {
    const book = newBook();
    const [fired] = book.update(at(1, signal('errors.burn-rate', 'orders')), context(1));
    book.update([], context(2));
    book.update([], context(3));
    const [again] = book.update(at(6, signal('errors.burn-rate', 'orders')), context(6));
    expect(again).toMatchObject({ id: fired?.id, state: 'firing', since: fired?.since });
    for (let i = 7; i < 10; i++) expect(book.update([], context(i))).toEqual([]);
    expect(told(book.update([], context(10)))).toEqual(['resolved errors.burn-rate orders']);
  });

  it('is a new one when it comes back late', () => {
    const book = newBook();
    const [fired] = book.update(at(1, signal('errors.burn-rate', 'orders')), context(1));
    for (let i = 2; i < 12; i++) book.update([], context(i));
    const [again] = book.update(at(12, signal('errors.burn-rate', 'orders')), context(12));
    expect(again?.state).toBe('firing');
    expect(again?.id).not.toBe(fired?.id);
  });

  it('waits for a rollout to settle, and fires when it lasts beyond', () => {
    const book = newBook();
    const rollout = () => slot(1).start;
    const unwell = signal('errors.burn-rate', 'orders');
    expect(book.update(at(1, unwell), context(1, { rollout }))).toEqual([]);
    expect(book.update(at(2, unwell), context(2, { rollout }))).toHaveLength(1);
    const short = newBook();
    expect(short.update(at(1, unwell), context(1, { rollout }))).toEqual([]);
    for (let i = 2; i < 9; i++) expect(short.update([], context(i, { rollout }))).toEqual([]);
  });

  it('does not wait where the trouble is no symptom, or began before the rollout', () => {
    const rollout = () => slot(2).start;
    const security = at(2, signal('traffic.new-host', { workload: 'pay', detail: 'evil.example' }));
    expect(newBook().update(security, context(2, { rollout }))).toHaveLength(1);
    expect(
      newBook().update(at(1, signal('errors.burn-rate', 'orders')), context(2, { rollout })),
    ).toHaveLength(1);
  });

  it('keeps the snapshot that it is given', () => {
    const book = newBook();
    const [fired] = book.update(at(1, signal('errors.burn-rate', 'orders')), context(1));
    book.attach(fired?.id ?? '', 'snapshot-7');
    book.attach('unknown', 'snapshot-8');
    expect(book.firing()[0]?.snapshot).toBe('snapshot-7');
  });

  it('refuses a rule that nobody knows, and what it has not written', () => {
    expect(() => newBook().update([signal('errors.unknown', 'orders')], context(1))).toThrow(
      'errors.unknown',
    );
    expect(() => newBook({ format: 2 })).toThrow(RangeError);
  });
});
