import { expect, it } from 'vitest';
import { type Handled, type Made, profileOf } from '../../scripts/rules-calls.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import type { Finding, NotChecked } from '../../src/compare/finding.ts';
import { showable } from '../../src/compare/view/showable.ts';
import type { Profile } from '../../src/profile/profile.ts';

type Each = (i: number) => Handled;

const audit: Made = { to: 'audit', method: 'POST', path: '/events' };
const stock: Made = { to: 'stock', method: 'GET', path: '/stock' };
const charge: Made = { to: 'payment', method: 'POST', path: '/charges' };
const token = { headers: { authorization: 'Bearer t' } };
const cache: Made = { to: 'cache', protocol: 'redis', method: 'GET', path: 'order:7' };
const fill: Made = { to: 'cache', protocol: 'redis', method: 'SET', path: 'order:7' };
const query: Made = { to: 'db', protocol: 'postgresql', method: 'SELECT', path: 'SELECT a FROM b' };
const outside: Made = { to: 'x.example', method: 'POST', path: '/pixel' };
const failed = (...times: number[]) =>
  times.map((at, k): Made => ({ ...charge, at, status: times[k + 1] ? '503' : '200' }));
const makes = (...all: readonly Made[]): Handled => ({
  request: { a: 5 },
  status: '201',
  makes: all,
});
const answers = (response: unknown): Handled => ({ response });

/** What one service may do, each of which is compared with each: [name, the `i`th handled call]. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, Each>>>> = {
  calls: {
    nothing: () => makes(),
    audit: () => makes(audit),
    'audit at times': (i) => (i % 4 ? makes(stock) : makes(stock, audit)),
    'stock, then charge': () => makes(stock, charge),
    'charge, then stock': () => makes(charge, stock),
    'charge thrice': () => makes(stock, charge, charge, charge),
    'charge once to thrice': (i) => makes(stock, ...Array<Made>(1 + (i % 3)).fill(charge)),
    'charge with token': () => makes(stock, { ...charge, ...token }),
    'charge with token at times': (i) =>
      makes(stock, { ...charge, headers: i % 3 ? { a: '1' } : token.headers }),
    outside: () => makes(outside),
    'cache that hits': (i) => (i % 10 ? makes(cache) : makes(cache, query, fill)),
    'cache that misses': (i) => (i % 10 ? makes(cache, query, fill) : makes(cache)),
    query: () => makes(query),
    'queries thrice': () => makes(query, query, query),
    'repeats that wait longer': (i) => makes(...(i % 3 ? [charge] : failed(0, 100, 300))),
    'repeats at once': (i) => makes(...(i % 3 ? [charge] : failed(0, 10, 20))),
    'repeats more': (i) => makes(...(i % 2 ? [charge] : failed(0, 20, 40, 60))),
  },
  answers: {
    plain: (i) => answers({ id: i, total: i }),
    'text id': (i) => answers({ id: String(i), total: i }),
    'no total': (i) => answers({ id: i }),
    'total at times': (i) => answers(i % 3 ? { id: i, total: i } : { id: i }),
    'null total': (i) => answers({ id: i, total: i % 2 ? null : i }),
    fraction: (i) => answers({ id: i, total: i / 4 }),
    lines: (i) => answers({ id: i, total: i, lines: [{ sku: 'a', n: i }] }),
    'lines of text': (i) => answers({ id: i, total: i, lines: ['a', 'b', 'c', 'd', 'e'] }),
    'no lines': (i) => answers({ id: i, total: i, lines: [] }),
    map: (i) => answers({ id: i, total: { [String(i * 997)]: i } }),
    states: (i) => answers({ id: i, total: i, state: ['open', 'paid'][i % 2] }),
    'another state': (i) => answers({ id: i, total: i, state: ['open', 'paid', 'lost'][i % 3] }),
    dates: (i) => answers({ id: i, total: i, state: new Date(1.7e12 + i * 1e9).toISOString() }),
    days: (i) =>
      answers({ id: i, total: i, state: new Date(1.7e12 + i * 1e9).toISOString().slice(0, 10) }),
    pair: (i) => answers([i, 'x']),
    text: () => answers('fine'),
    broken: () => ({ response: '{', responseHeaders: { 'content-type': 'application/json' } }),
    none: () => ({}),
    headers: (i) => ({
      ...answers({ id: i, total: i }),
      responseHeaders: { 'cache-control': 'no-store', vary: 'accept', etag: '"1"' },
    }),
    'error in the body': (i) => answers(i % 5 ? { id: i, total: i } : { error: { code: 'E7' } }),
  },
  requests: {
    plain: (i) => ({ request: { total: i }, status: '201' }),
    more: (i) => ({ request: { total: i, region: 'eu' }, status: '201' }),
    'more at times': (i) => ({
      request: i % 2 ? { total: i } : { total: i, region: 'eu' },
      status: '201',
    }),
    text: (i) => ({ request: { total: String(i) }, status: '201' }),
    null: (i) => ({ request: { total: i % 2 ? null : i }, status: '201' }),
    'with a header': (i) => ({
      request: { total: i },
      requestHeaders: { 'x-request-id': 'a' },
      status: '201',
    }),
    'with a query': (i) => ({ request: { total: i }, path: `/orders?page=${i}`, status: '201' }),
  },
  outcomes: {
    fine: (i) => ({ latency: 10 + (i % 5) }),
    slow: (i) => ({ latency: 30 + (i % 5) }),
    'slow at times': (i) => ({ latency: i % 6 ? 10 + (i % 5) : 90 }),
    slower: (i) => ({ latency: 13 + (i % 7) }),
    created: (i) => ({ status: '201', latency: 10 + (i % 5) }),
    'fails at times': (i) => ({ status: i % 10 ? '200' : '500', latency: 10 + (i % 5) }),
    'fails more': (i) => ({ status: i % 3 ? '200' : '500', latency: 10 + (i % 5) }),
    'fails otherwise': (i) => ({ status: i % 3 ? '200' : '503', latency: 10 + (i % 5) }),
    'not found': (i) => ({ status: i % 3 ? '200' : '404', latency: 10 + (i % 5) }),
    'never works': () => ({ status: '500', latency: 2 }),
    'works quickly': () => ({ latency: 1 }),
  },
};

const short = (value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : (value ?? '-');

function line({ severity, rule, operation, path, baseline, candidate, ...rest }: Finding): string {
  const { effect, interval, causedBy, undecided, evidence, summary } = rest;
  const ids = evidence.map(({ callId, note }) => `${callId} ${note ?? ''}`.trim()).join(', ');
  return [
    `  ${severity} ${rule} ${operation} ${path ?? '-'}: ${summary}`,
    `${[baseline, candidate, effect, interval?.low, interval?.high].map(short).join(' ')} (${ids})`,
    ...[causedBy, undecided, rest.kfl].filter((one) => one !== undefined),
  ].join(' | ');
}

function left({ operation, family, reason, samples }: NotChecked): string {
  return `  not checked: ${operation} ${family}: ${reason} (${samples.baseline}, ${samples.candidate})`;
}

/** Handled calls on each side. */
const CALLS = 48;
const options = { minSamples: 20 };

/** So many places apart in the list are compared, in both directions; the ends are neighbours. */
const NEAR = 3;

it.each(Object.keys(VARIANTS))(
  '%s: each variant beside its neighbours, as reviewed',
  async (family) => {
    const variants = Object.entries(VARIANTS[family] ?? {});
    const sides = (side: string) => variants.map(([, each]) => profileOf(side, CALLS, each));
    const [before, after] = [sides('b'), sides('c')];
    const lines: string[] = [];
    for (const [i, [from]] of variants.entries()) {
      for (const [j, [to]] of variants.entries()) {
        const apart = Math.abs(i - j);
        if (Math.min(apart, variants.length - apart) > NEAR) continue;
        const compared = compareProfiles(before[i] as Profile, after[j] as Profile, options);
        const { findings, coverage, operations } = showable(compared);
        if (apart === 0) expect(findings).toEqual([]);
        else lines.push(`${from} → ${to}`, ...findings.map(line), ...coverage.notChecked.map(left));
        if (i % 4 === 0 && j === i + 1) lines.push(JSON.stringify(operations));
      }
    }
    const [[, few] = [], , [, other] = []] = variants;
    if (few && other) {
      const thin = compareProfiles(profileOf('b', CALLS, few), profileOf('c', 12, other), options);
      const { findings, coverage } = thin;
      lines.push('too few calls', ...findings.map(line), ...coverage.notChecked.map(left));
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/variants-${family}.txt`);
  },
);
