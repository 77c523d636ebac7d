import { describe, expect, it } from 'vitest';
import { compareBodies, random } from './make.ts';

describe('what is no difference', () => {
  it('volatile values: ids, times, tokens, counters, texts, prices, urls', () => {
    const body = (seed: number) => {
      const next = random(seed);
      const hex = (n: number) =>
        Array.from({ length: n }, () => Math.floor(next() * 16).toString(16)).join('');
      const token = (n: number) =>
        Array.from(
          { length: n },
          () => 'ABCDEFGHIJabcdefghijklmnop0123456789_-'[Math.floor(next() * 38)],
        ).join('');
      const words = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'sigma', 'kappa', 'zeta'];
      return (i: number) => ({
        id: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
        short: hex(6),
        sequence: seed * 1000 + i,
        object_id: hex(24),
        digest: hex(64),
        token: token(32),
        code: token(16),
        number: String(Math.floor(next() * 1e6)),
        created: new Date(1.6e12 + next() * 1e11).toISOString(),
        epoch: 1_600_000_000 + Math.floor(next() * 1e8),
        price: Math.round(next() * 10_000) / 100,
        url: `https://api.example.com/v1/things/${hex(10)}`,
        title: `${words[Math.floor(next() * 8)]} ${words[Math.floor(next() * 8)]} ${Math.floor(next() * 99)}`,
        label: Array.from({ length: 5 }, () => 'abcdefghij'[Math.floor(next() * 10)]).join(''),
        tags: Array.from({ length: Math.floor(next() * 4) }, () => token(5)),
        stock: { [`sku-${hex(6)}`]: i, [`sku-${hex(6)}`]: 2 },
        maybe: next() < 0.5 ? null : i,
        ...(next() < 0.3 ? { coupon: token(8) } : {}),
      });
    };
    for (let seed = 1; seed < 40; seed++) {
      const { findings } = compareBodies('response', body(seed), body(seed + 1000));
      expect(
        findings.map(({ summary }) => summary),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });

  it('a share that shifts between never and always', () => {
    const half = (i: number) => ({
      id: i,
      note: i % 2 ? null : 'x',
      ...(i % 2 ? { extra: 1 } : {}),
    });
    const quarter = (i: number) => ({
      id: i,
      note: i % 4 ? 'x' : null,
      ...(i % 4 ? {} : { extra: 1 }),
    });
    expect(compareBodies('response', half, quarter, { count: 400 }).told).toEqual([]);
  });

  it('an optional field missing by chance', () => {
    const { findings } = compareBodies(
      'response',
      (i) => ({ id: i, rare: i }),
      (i) => (i === 7 ? { id: i } : { id: i, rare: i }),
    );
    expect(findings.map(({ severity }) => severity)).toEqual(['info']);
  });

  it('items of one array count as one body', () => {
    const list = (n: number, full: boolean) =>
      Array.from({ length: n }, (_, i) => (full ? { id: i, price: 1 } : { id: i }));
    const { findings } = compareBodies(
      'response',
      () => ({ items: list(40, true) }),
      (i) => ({ items: list(40, i !== 3) }),
    );
    expect(findings.map(({ severity }) => severity)).toEqual(['info']);
  });

  it('names that are data', () => {
    const rates = (from: number) => (i: number) => ({
      rates: {
        [`w${'x'.repeat(((i * 7) % 20) + from)}`]: i,
        [`w${'y'.repeat(((i * 3) % 20) + from)}`]: i,
      },
    });
    expect(compareBodies('response', rates(1), rates(9)).told).toEqual([]);
  });

  it('a variant that was not exercised', () => {
    const card = (i: number) => ({ type: 'card', last4: i });
    const both = (i: number) => (i % 2 ? card(i) : { type: 'bank', iban: 'x' });
    const { told } = compareBodies('response', both, card);
    expect(told.filter((line) => !line.includes('enum-value-removed'))).toEqual([]);
  });
});

describe('what is a difference', () => {
  it('a field that one variant loses, though it was optional over all', () => {
    const before = (i: number) =>
      i % 2 ? { type: 'card', last4: i, id: i } : { type: 'bank', id: i };
    const after = (i: number) =>
      i % 4 === 1 ? { type: 'card', last4: i, id: i } : { type: i % 2 ? 'card' : 'bank', id: i };
    const { told, findings } = compareBodies('response', before, after, { count: 80 });
    expect(told).toEqual(['breaking schema.became-optional @ response 200 /last4']);
    expect(findings[0]?.summary).toContain("where type is 'card'");
  });

  it('a field that goes where no field tells the variant', () => {
    const typed = (i: number) => ({ type: i % 4 ? 'card' : 'bank', id: i, total: 1 });
    const { told } = compareBodies(
      'response',
      (i) => (i % 2 ? typed(i) : { id: i, total: 1 }),
      (i) => (i % 2 ? typed(i) : { id: i }),
    );
    expect(told).toEqual(['breaking schema.became-optional @ response 200 /total']);
  });

  it('a format inside long lists', () => {
    const list = (text: (i: number) => string) => (i: number) =>
      i % 2
        ? { rows: [] }
        : { rows: Array.from({ length: 30 }, (_, j) => ({ at: text(i * 30 + j) })) };
    const instant = (i: number) => new Date(1.7e12 + i * 1e7);
    const { told } = compareBodies(
      'response',
      list((i) => instant(i).toISOString()),
      list((i) => instant(i).toUTCString()),
    );
    expect(told).toEqual(['breaking schema.format-changed @ response 200 /rows/*/at']);
  });

  it('values beyond a fixed set', () => {
    const { told } = compareBodies(
      'response',
      (i) => ({ status: i % 2 ? 'open' : 'done' }),
      (i) => ({ status: `step 1${i}00` }),
    );
    expect(told).toEqual(['warning schema.enum-value-added @ response 200 /status']);
  });

  it('the values of a map', () => {
    const stock = (value: (i: number) => unknown) => (i: number) => ({
      stock: { [`sku-${1000 + i}`]: value(i), [`sku-${2000 + i}`]: value(i) },
    });
    const { told } = compareBodies(
      'response',
      stock((i) => ({ left: i })),
      stock((i) => ({ left: `${i}` })),
    );
    expect(told).toEqual(['breaking schema.type-changed @ response 200 /stock/*/left']);
  });

  it('an error inside a success', () => {
    const fine = (i: number) => ({ data: { id: i }, errors: [] });
    const failing = (i: number) =>
      i % 4 ? fine(i) : { data: null, errors: [{ extensions: { code: 'DENIED' } }] };
    const { told } = compareBodies(
      'response',
      (i) => ({ data: { id: i } }),
      (i) => ({ ...failing(i) }),
    );
    expect(told).toContain('breaking error.new-code @ response 200 /errors');
    const quiet = compareBodies('response', (i) => ({ data: { id: i } }), fine);
    expect(quiet.told).toEqual(['info schema.field-added @ response 200 /errors']);
    const codes = (members: readonly string[]) => (i: number) => ({
      error: { code: members[i % members.length] },
    });
    const added = compareBodies('response', codes(['DENIED', 'GONE']), codes(['DENIED', 'LIMIT']));
    expect(added.told).toContain('breaking error.new-code @ response 200 /error/code');
  });

  it('a removed object is one finding', () => {
    const { told } = compareBodies(
      'response',
      (i) => ({ id: i, owner: { name: 'x', address: { city: 'y', zip: 'z' } } }),
      (i) => ({ id: i }),
    );
    expect(told).toEqual(['breaking schema.field-removed @ response 200 /owner']);
  });

  it('a rename is suggested', () => {
    const { findings } = compareBodies(
      'response',
      (i) => ({ id: i, userName: `n${i}` }),
      (i) => ({ id: i, user_name: `n${i}` }),
    );
    expect(findings.map(({ summary }) => summary).join()).toContain('perhaps it is /user_name now');
  });

  it('names with slashes and tildes are escaped', () => {
    const { told } = compareBodies(
      'response',
      (i) => ({ 'a/b~c': i }),
      () => ({}),
    );
    expect(told).toContain('breaking schema.field-removed @ response 200 /a~1b~0c');
  });

  it('positions of a tuple', () => {
    const { told } = compareBodies(
      'response',
      (i) => ({
        points: [
          [i, 'x'],
          [i, 'y'],
          [i, 'z'],
          [i, 'z'],
          [i, 'z'],
        ],
      }),
      (i) => ({
        points: [
          [i, i],
          [i, i],
          [i, i],
          [i, i],
          [i, i],
        ],
      }),
    );
    expect(told).toEqual(['breaking schema.type-changed @ response 200 /points/*/1']);
  });
});

describe('support', () => {
  const gone = [(i: number) => ({ id: i, a: 1 }), (i: number) => ({ id: i })] as const;

  it('says too few below the minimum', () => {
    const { told, notChecked } = compareBodies('response', ...gone, { count: [50, 12] });
    expect(told).toEqual([]);
    expect(notChecked).toEqual([
      'response 200: 50 and 12 messages; 20 on each side are needed to judge fields and headers.',
    ]);
  });

  it('forced to one sample, tells every field', () => {
    const { told } = compareBodies('response', ...gone, { count: 1, minSamples: 1 });
    expect(told).toEqual(['breaking schema.field-removed @ response 200 /a']);
  });

  it('says too few for a place that was rarely seen', () => {
    const rare = (field: string) => (i: number) =>
      i < 2 ? { id: i, sub: { [field]: 1 } } : { id: i };
    const { told, notChecked } = compareBodies('response', rare('a'), rare('b'));
    expect(told).toEqual([]);
    expect(notChecked.join()).toContain('too few values to tell at /sub/a (2/2 → 0/2), /sub/b');
  });

  it('does not judge cut and redacted bodies', () => {
    const { told } = compareBodies(
      'response',
      (i) => ({ id: i, secret: 'x' }),
      (i) => ({ id: i, secret: '[redacted]' }),
    );
    expect(told).toEqual([]);
  });
});
