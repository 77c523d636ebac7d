import { describe, expect, test } from 'vitest';
import { contract } from '../../../../src/monitor/detect/protocol/contract-detector.ts';
import { hash32 } from '../../../../src/support/hash.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

type Draw = (n: number) => unknown;

/** Items, some with a discount, some without a rating. */
const item: Draw = (n) => ({
  id: n % 9_000,
  title: `item ${hash32(`t${n}`) % 50}`,
  price: (hash32(`p${n}`) % 10_000) / 100 + 0.005,
  rating: hash32(`r${n}`) % 10 === 0 ? null : 4,
  ...(hash32(`d${n}`) % 5 === 0 && { discount: 5 }),
});
const usual: Draw = (n) => ({ items: [item(n), item(n + 1)], total: 2 });

let n = 0;
const served =
  (body: Draw, count = 12, said: Partial<Said> = {}) =>
  (start: number) =>
    times(start, count).map((ts) =>
      callOf({ ts, path: '/items', to: 'catalog', response: JSON.stringify(body(n++)), ...said }),
    );

function learned(count = 12): Watch {
  n = 0;
  const watch = new Watch([contract]);
  expect(watch.learnDay(served(usual, count)).flat()).toEqual([]);
  return watch;
}

const priceAsText: Draw = (n) => {
  const { items, total } = usual(n) as { items: { price: number }[]; total: number };
  return { items: items.map((each) => ({ ...each, price: `${each.price}` })), total };
};

describe('a violation of the learned schema', () => {
  test('fires in each interval in which a type is another one, at its place', () => {
    const watch = learned();
    const told = watch.slots(3, served(priceAsText));
    for (const signals of told) {
      expect(signals).toHaveLength(1);
      expect(signals[0]).toMatchObject({
        rule: 'protocol.schema',
        subject: {
          workload: 'catalog',
          operation: 'catalog GET /items',
          detail: 'response 200 /items/*/price',
        },
        value: 1,
      });
      expect(signals[0]?.evidence.length).toBeGreaterThan(0);
    }
    expect(watch.slot(served(usual))).toEqual([]);
  });

  test('is seen within four intervals where an operation is called three times in each', () => {
    const watch = learned(3);
    const told = watch.slots(5, served(priceAsText, 3)).map((signals) => signals.length);
    expect(told.slice(3)).toEqual([1, 1]);
  });

  test('that begins in the middle of an interval is not learned with it', () => {
    const watch = learned(20);
    let i = 0;
    const half: Draw = (n) => (i++ < 13 ? usual(n) : priceAsText(n));
    watch.slot(served(half, 20));
    expect(watch.slot(served(priceAsText, 20))).toHaveLength(1);
    expect(watch.slot(served(priceAsText, 20))).toHaveLength(1);
  });

  test.each<[string, Draw, string]>([
    ['a field is gone', (n) => ({ items: (usual(n) as { items: unknown[] }).items }), '/total'],
    ['a value is null', (n) => ({ ...(usual(n) as object), total: n % 3 ? null : 2 }), '/total'],
    ['an object became a list', (n) => [usual(n)], 'response 200'],
  ])('%s', (_, body, place) => {
    const [signal] = learned().slot(served(body));
    expect(signal?.rule).toBe('protocol.schema');
    expect(signal?.subject.detail).toContain(place);
  });

  test('is told as one alert of an operation, with the other places', () => {
    const [signal, ...others] = learned().slot(
      served((n) => ({ ...(priceAsText(n) as object), total: '2' })),
    );
    expect(others).toEqual([]);
    expect(signal?.summary).toContain('Also: ');
  });

  test('that stays is learned after a day', () => {
    const watch = learned();
    const told = watch.slots(320, served(priceAsText)).map((signals) => signals.length);
    expect(told.slice(0, 285).every((count) => count === 1)).toBe(true);
    expect(told.slice(295).every((count) => count === 0)).toBe(true);
  });
});

describe('silent', () => {
  test.each<[string, Draw]>([
    ['about a new field', (n) => ({ ...(usual(n) as object), page: 1 })],
    [
      'about an optional field that is there always',
      (n) => ({ items: [{ ...(item(n) as object), discount: 1 }, item(n)], total: 2 }),
    ],
    ['about an empty list', () => ({ items: [], total: 0 })],
    ['about one body of another shape', (n) => (n % 12 === 0 ? { error: 'none' } : usual(n))],
  ])('%s', (_, body) => {
    const watch = learned();
    expect(watch.slots(4, served(body)).flat()).toEqual([]);
  });

  test('about bodies that were cut', () => {
    const cut = (start: number) =>
      times(start, 12).map((ts) =>
        callOf({ ts, path: '/items', to: 'catalog', response: '{"items":[{"id":1,"pri' }),
      );
    expect(learned().slots(3, cut).flat()).toEqual([]);
  });

  test('about a union whose variants are drawn anew', () => {
    const union: Draw = (n) =>
      [{ kind: 'card', last4: '0005' }, { kind: 'bank', iban: 'x' }, { kind: 'cash' }][
        hash32(`u${n}`) % 3
      ];
    const watch = new Watch([contract]);
    watch.learnDay(served(union, 5));
    expect(watch.slots(100, served(union, 5)).flat()).toEqual([]);
  });

  test('in the first day, whatever comes', () => {
    const watch = new Watch([contract]);
    watch.slots(100, served(usual));
    expect(watch.slots(50, served(priceAsText)).flat()).toEqual([]);
  });
});

describe('other rules of messages', () => {
  test('JSON that is none is malformed', () => {
    const broken = served((n) => usual(n), 12);
    const [signal] = learned().slot((start) =>
      broken(start).map((call) => ({
        ...call,
        responseBody: { state: 'whole' as const, text: '{"items":[}],"total":2}' },
      })),
    );
    expect(signal).toMatchObject({ rule: 'protocol.malformed' });
  });

  test('a page in place of JSON, with status 200, is another media type', () => {
    const page = (start: number) =>
      times(start, 12).map((ts) =>
        callOf({
          ts,
          path: '/items',
          to: 'catalog',
          responseHeaders: { 'content-type': 'text/html' },
          response: '<html><body>upstream is away</body></html>',
        }),
      );
    const signals = learned().slot(page);
    expect(signals.map(({ rule }) => rule)).toEqual(['protocol.content-type']);
    expect(signals[0]?.summary).toContain('text/html');
  });

  test('an error in the body of a success', () => {
    const rules = learned()
      .slot(served((n) => ({ ...(usual(n) as object), error: { code: 'E7', message: 'no' } })))
      .map(({ rule }) => rule);
    expect(rules).toEqual(['protocol.semantics']);
  });

  test('201 that lost its Location', () => {
    const created = (location: boolean) => (start: number) =>
      times(start, 10).map((ts) =>
        callOf({
          ts,
          method: 'POST',
          status: 201,
          path: '/orders',
          responseHeaders: location ? { location: '/orders/7' } : {},
          response: '{"id":7}',
        }),
      );
    const watch = new Watch([contract]);
    watch.learnDay(created(true));
    const [signal, ...others] = watch.slot(created(false));
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'protocol.semantics',
      subject: { detail: 'response 201 header location' },
    });
  });
});

describe('memory', () => {
  test('kept and read again is the same to the byte, and goes on alike', () => {
    const [whole, kept] = [new Watch([contract]), new Watch([contract])];
    n = 0;
    for (let i = 0; i < 330; i++) {
      const body = i < 310 || i % 3 === 0 ? usual : priceAsText;
      const calls = served(body)(whole.at);
      const told = whole.slot(() => calls);
      expect(kept.slot(() => calls)).toEqual(told);
      if (i % 10 === 0 || i > 310) kept.restart();
    }
    expect(kept.memory()).toBe(whole.memory());
  });

  test('what can’t be read is taken for nothing', () => {
    for (const kept of [null, 7, 'x', [], {}, { contract: { week: -1 } }]) {
      expect(contract.create(kept as never).remembers()).toEqual(
        contract.create(undefined).remembers(),
      );
    }
  });

  test('what ended is forgotten after two weeks', () => {
    const watch = learned(2);
    const other = served(() => ({ other: true }), 2, { path: '/others' });
    watch.slots(12 * 24 * 16, (start, i) => (i % 36 === 0 ? other(start) : []));
    expect(watch.memory()).not.toContain('catalog GET /items');
    expect(watch.memory()).toContain('catalog GET /others');
  });
});
