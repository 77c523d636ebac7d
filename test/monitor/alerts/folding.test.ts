import { describe, expect, it } from 'vitest';
import { at, context, newBook, signal, told } from './signals.ts';

describe('one cause, one alert', () => {
  it('tells all troubles of a workload as one, led by the worst', () => {
    const book = newBook();
    const all = [
      signal('latency.p95', { workload: 'stock', operation: 'stock GET /a' }),
      signal('errors.rejections', {
        workload: 'stock',
        operation: 'stock GET /b',
        caller: 'orders',
      }),
      signal('errors.share', 'stock'),
      signal('errors.burn-rate', 'stock'),
    ];
    expect(told(book.update(at(1, ...all), context(1)))).toEqual(['firing errors.burn-rate stock']);
    expect(book.update(at(2, ...all), context(2))).toEqual([]);
    expect(book.firing()).toHaveLength(1);
    expect(
      book
        .firing()[0]
        ?.effects.map(({ rule }) => rule)
        .sort(),
    ).toEqual(['errors.rejections', 'errors.share', 'latency.p95']);
  });

  it('tells slowness under the callee that is slow, and errors under the one that fails', () => {
    const book = newBook();
    const all = [
      signal('errors.share', 'pay', { severity: 'critical' }),
      signal('latency.p95', 'stock'),
      signal('errors.share', 'orders'),
      signal('latency.p95', 'orders'),
    ];
    for (let i = 1; i < 4; i++) book.update(at(i, ...all), context(i));
    const effects = book
      .firing()
      .map(({ rule, subject, effects }) => [
        `${rule} ${subject.workload}`,
        effects.map((effect) => `${effect.rule} ${effect.subject.workload}`),
      ]);
    expect(effects).toEqual([
      ['errors.share pay', ['errors.share orders']],
      ['latency.p95 stock', ['latency.p95 orders']],
    ]);
  });

  it('tells what callers suffer under the workload that they call, however deep', () => {
    const book = newBook();
    const all = ['web', 'orders', 'stock', 'db'].map((name) => signal('errors.burn-rate', name));
    const [alert, ...rest] = book.update(at(1, ...all), context(1));
    expect(rest).toEqual([]);
    expect(alert?.subject.workload).toBe('db');
    expect(alert?.effects.map(({ subject }) => subject.workload).sort()).toEqual([
      'orders',
      'stock',
      'web',
    ]);
  });

  it('keeps two causes apart', () => {
    const all = ['pay', 'batch'].map((name) => signal('errors.burn-rate', name));
    expect(newBook().update(at(1, ...all), context(1))).toHaveLength(2);
  });

  it('is not led astray by workloads that call each other', () => {
    const callees = (name: string) => new Set(name === 'a' ? ['b'] : ['a']);
    const all = ['a', 'b', 'c'].map((name) => signal('errors.burn-rate', name));
    const alerts = newBook().update(at(1, ...all), context(1, { callees }));
    expect(alerts.map(({ subject }) => subject.workload)).toEqual(['a']);
    expect(alerts[0]?.effects.map(({ subject }) => subject.workload)).toEqual(['b', 'c']);
  });

  it('holds a symptom for one slot while what is called has yet to be confirmed', () => {
    const book = newBook();
    const web = signal('errors.burn-rate', 'orders');
    const stock = signal('errors.share', 'stock');
    expect(book.update(at(1, web, stock), context(1))).toEqual([]);
    const [alert, ...rest] = book.update(at(2, web, stock), context(2));
    expect(rest).toEqual([]);
    expect(alert).toMatchObject({ rule: 'errors.share', subject: { workload: 'stock' } });
    // The cause weighs as much as its worst effect.
    expect(alert?.severity).toBe('critical');
  });

  it('holds no symptom for longer than that', () => {
    const book = newBook();
    const web = signal('errors.burn-rate', 'orders');
    const latency = signal('latency.p95', 'stock');
    expect(book.update(at(1, web, latency), context(1))).toEqual([]);
    expect(told(book.update(at(2, web), context(2)))).toEqual(['firing errors.burn-rate orders']);
  });

  it('finds the cause of what fired a slot before: the same alert, of another workload', () => {
    const book = newBook();
    const [first] = book.update(at(1, signal('errors.burn-rate', 'orders')), context(1));
    const both = [signal('errors.burn-rate', 'orders'), signal('errors.burn-rate', 'stock')];
    const [found, ...rest] = book.update(at(2, ...both), context(2));
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ id: first?.id, subject: { workload: 'stock' }, state: 'firing' });
    expect(found?.effects.map(({ subject }) => subject.workload)).toEqual(['orders']);
  });

  it('folds what begins when the cause ends, and tells it when it goes on for long', () => {
    const book = newBook();
    book.update(at(1, signal('errors.burn-rate', 'stock')), context(1));
    book.update([], context(2));
    expect(told(book.update([], context(3)))).toEqual(['resolved errors.burn-rate stock']);
    const peak = signal('traffic.volume', 'stock', { value: 9_000, expected: 900 });
    const alerts: string[] = [];
    for (let i = 4; i < 14; i++) alerts.push(...told(book.update(at(i, peak), context(i))));
    expect(alerts).toEqual(['firing traffic.volume stock']);
    expect(book.firing()[0]?.effects).toEqual([]);
  });

  it('ends with its cause, not with what callers still suffer', () => {
    const book = newBook();
    const stock = signal('errors.burn-rate', 'stock');
    const web = signal('errors.share', 'orders');
    for (let i = 1; i < 4; i++) book.update(at(i, stock, web), context(i));
    book.update(at(4, web), context(4));
    expect(told(book.update(at(5, web), context(5)))).toEqual(['resolved errors.burn-rate stock']);
    for (let i = 6; i < 20; i++) expect(book.update([], context(i))).toEqual([]);
  });

  it('tells a change of traffic everywhere at the entry', () => {
    const book = newBook();
    const all = ['web', 'orders', 'stock', 'db', 'pay'].map((name) =>
      signal('traffic.volume', name, { value: 9_000, expected: 900 }),
    );
    book.update(at(1, ...all), context(1));
    const [alert, ...rest] = book.update(at(2, ...all), context(2));
    expect(rest).toEqual([]);
    expect(alert?.subject.workload).toBe('web');
    expect(alert?.effects).toHaveLength(4);
  });

  it('tells less traffic elsewhere under the fault that it comes from', () => {
    const book = newBook();
    const all = [
      signal('errors.burn-rate', 'stock'),
      signal('traffic.volume', 'db', { value: 1, expected: 900 }),
      signal('traffic.volume', 'web', { value: 1, expected: 900 }),
      signal('traffic.volume', 'orders', { value: 1, expected: 900 }),
    ];
    const alerts = [1, 2, 3].flatMap((i) => told(book.update(at(i, ...all), context(i))));
    expect(alerts).toEqual(['firing errors.burn-rate stock']);
  });

  it('never tells security under errors, nor one host under another', () => {
    const host = (detail: string) => ({ workload: 'stock', detail });
    const book = newBook();
    const alerts = book.update(
      at(
        1,
        signal('errors.burn-rate', 'stock'),
        signal('security.plaintext-egress', host('evil.example')),
        signal('traffic.new-host', host('evil.example')),
        signal('security.beacon', host('evil.example')),
        signal('traffic.new-host', host('other.example')),
      ),
      context(1),
    );
    expect(told(alerts).sort()).toEqual([
      'firing errors.burn-rate stock',
      'firing security.plaintext-egress stock',
      'firing traffic.new-host stock',
    ]);
    const led = alerts.find(({ rule }) => rule === 'security.plaintext-egress');
    expect(led?.effects.map(({ rule }) => rule).sort()).toEqual([
      'security.beacon',
      'traffic.new-host',
    ]);
  });

  it('tells what guessed passwords make of a sign-in under them, and no outage', () => {
    const login = { workload: 'edge', operation: 'edge POST /login' };
    const all = [
      signal('security.password-guessing', login),
      signal('errors.rejections', login),
      signal('traffic.volume', 'edge'),
    ];
    const book = newBook();
    expect(told(book.update(at(1, ...all), context(1)))).toEqual([
      'firing security.password-guessing edge',
    ]);
    expect(book.update(at(2, ...all), context(2))).toEqual([]);
    expect(
      book
        .firing()[0]
        ?.effects.map(({ rule }) => rule)
        .sort(),
    ).toEqual(['errors.rejections', 'traffic.volume']);
    const other = signal('errors.rejections', { ...login, operation: 'edge GET /orders' });
    const outage = signal('errors.burn-rate', login);
    book.update(at(3, ...all, other, outage), context(3));
    expect(book.firing().map(({ rule }) => rule)).toContain('errors.burn-rate');
  });

  it('tells a beacon apart that is recognised long after its host was new', () => {
    const subject = { workload: 'stock', detail: 'evil.example' };
    const book = newBook();
    const host = signal('traffic.new-host', subject);
    for (let i = 1; i < 6; i++) book.update(at(i, host), context(i));
    const both = at(6, host, signal('security.beacon', subject));
    expect(told(book.update(both, context(6)))).toEqual(['firing security.beacon stock']);
  });

  it('tells messages that errors broke under the cause of the errors', () => {
    const broken = (workload: string) =>
      signal('protocol.schema', { workload, operation: `${workload} GET /`, detail: 'field' });
    const all = [
      ...['orders', 'stock'].map((name) => signal('errors.burn-rate', name)),
      broken('orders'),
      broken('stock'),
    ];
    const [alert, ...rest] = newBook().update(at(1, ...all), context(1));
    expect(rest).toEqual([]);
    expect(alert).toMatchObject({ rule: 'errors.burn-rate', subject: { workload: 'stock' } });
    expect(alert?.effects).toHaveLength(3);
  });

  it('does not hide who calls unexpectedly under what a workload suffers', () => {
    const caller = { workload: 'stock', caller: 'batch' };
    const alerts = newBook().update(
      at(1, signal('errors.burn-rate', 'stock'), signal('traffic.unexpected-caller', caller)),
      context(1),
    );
    expect(told(alerts)).toEqual([
      'firing errors.burn-rate stock',
      'firing traffic.unexpected-caller stock',
    ]);
  });

  it('does not hide an outage under slowness that began long before', () => {
    const book = newBook();
    const slow = signal('latency.p95', 'stock');
    for (let i = 1; i < 12; i++) book.update(at(i, slow), context(i));
    const out = signal('errors.burn-rate', 'stock');
    expect(told(book.update(at(12, slow, out), context(12)))).toEqual([
      'firing errors.burn-rate stock',
    ]);
  });

  it('tells twenty fields that one deployment broke as one alert', () => {
    const fields = Array.from({ length: 20 }, (_, i) =>
      signal('protocol.schema', {
        workload: 'stock',
        operation: `stock GET /${i % 3}`,
        detail: `field${i}`,
      }),
    );
    const alerts = newBook().update(at(1, ...fields), context(1));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.effects).toHaveLength(19);
  });
});
