import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { EdgeTotals } from '../../../src/profile/fanout-edges.ts';
import { call } from '../../support/calls.ts';
import { type Each, fanoutOf, judged, type Made, namer, pairOf } from './make.ts';

const stock: Made = { to: 'stock GET /a' };
const pixel: Made = { to: 'tracker GET /pixel' };
const away: Made = { ...pixel, outside: true };

/** The first `some` handled calls make `made` besides what is always made. */
const inFirst =
  (some: number, made: Made): Each =>
  (i) =>
    i < some ? [stock, made] : [stock];
const usual: Each = () => [stock];

/** Background calls of `caller`. */
function background(caller: string, count: number, made: Made): EdgeTotals {
  const edges = new EdgeTotals();
  for (let i = 0; i < count; i++) {
    const [to = '', method = '', path = ''] = made.to.split(' ');
    const { protocol = 'http' } = made;
    const one = call({ id: `bg/${i}`, from: caller, to, protocol, method, path });
    const child = made.outside
      ? { ...one, dst: { ...one.dst, workload: { name: to, kind: 'outside' as const } } }
      : one;
    edges.observe(child, targetOf(child));
  }
  return edges;
}

const none = new EdgeTotals();
function compare(
  before: Each | undefined,
  after: Each,
  counts: readonly [number, number] = [100, 100],
  edges: { base?: EdgeTotals; cand?: EdgeTotals } = {},
): readonly Finding[] {
  const base = before && fanoutOf(counts[0], before, { side: 'b' });
  const pair = pairOf(base, fanoutOf(counts[1], after, { side: 'c' }));
  const { findings } = judged([pair], {
    name: (family, segments) => namer(family, segments).replace('=', ''),
    background: edges,
  });
  return findings.filter(({ rule }) => rule === 'call.new-destination');
}

describe('a workload never called before', () => {
  it('is a warning where hardly anything was handled before', () => {
    const weight = (handled: number) =>
      compare(usual, () => [stock, away], [handled, 75])[0]?.severity;
    expect([1, 4, 5].map(weight)).toEqual(['warning', 'warning', 'breaking']);
  });

  it('is told with who calls it, how often, and a call that shows it', () => {
    const [found, ...more] = compare(usual, inFirst(40, pixel));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      category: 'extra-call',
      severity: 'breaking',
      operation: 'orders POST /orders',
      path: 'tracker GET /pixel',
      summary:
        'Calls tracker, a workload that orders never called before: 40 calls in 100 handled calls, none in 100 before.',
      baseline: 0,
      candidate: 0.4,
      effect: 0.4,
      interval: { level: 0.95 },
      samples: { baseline: 100, candidate: 100 },
      chain: ['orders POST /orders', 'tracker GET /pixel'],
    });
    expect(found?.evidence.map(({ side, note }) => [side, note])).toEqual(
      Array(3).fill(['candidate', 'the new call']),
    );
    expect(found?.evidence[0]?.callId).toMatch(/^c\/\d+\/1$/);
    expect(compare(usual, inFirst(40, { to: 'tracker.shop GET /pixel' }))[0]?.summary).toMatch(
      /^Calls tracker.shop, a host that orders never called before: /,
    );
    expect(compare(usual, inFirst(40, away))[0]?.summary).toMatch(
      /^Calls tracker, a host outside the cluster that orders never called before: /,
    );
  });

  it('warns where it is a host, and so many hosts were asked the same before', () => {
    const hook = (host: number, path = '/hook') => ({ to: `shop${host}.example POST ${path}` });
    const asked =
      (hosts: number, more: readonly Made[] = []): Each =>
      (i) => [stock, hook(i % hosts), ...(i < 20 ? more : [])];
    const severities = (hosts: number, made: Made) =>
      compare(asked(hosts), asked(hosts, [made])).map(({ severity }) => severity);
    expect(severities(8, hook(99))).toEqual(['warning']);
    expect(severities(7, hook(99))).toEqual(['warning']);
    expect(severities(2, hook(99))).toEqual(['warning']);
    expect(severities(1, hook(99))).toEqual(['breaking']);
    expect(severities(8, hook(99, '/collect'))).toEqual(['breaking']);
    expect(severities(8, { to: 'tracker POST /hook' })).toEqual(['breaking']);
    const edges = {
      base: new EdgeTotals(),
      cand: background('orders', 6, { to: 'shop99.example POST /hook' }),
    };
    for (let i = 0; i < 8; i++) edges.base.merge(background('orders', 1, hook(i)));
    expect(compare(usual, usual, undefined, edges).map(({ severity }) => severity)).toEqual([
      'warning',
    ]);
  });

  it('is nothing new where it only tells the address of whom the caller called', () => {
    const lookup = (name: string): Made => ({ to: `kube-dns A ${name}`, protocol: 'dns' });
    const told = (name: string) => compare(usual, inFirst(40, lookup(name))).length;
    expect(['stock', 'stock.shop', 'stock.shop.svc.cluster.local'].map(told)).toEqual([0, 0, 0]);
    expect(['tracker', 'stock.evil.com', 'stocks.shop.svc'].map(told)).toEqual([1, 1, 1]);
    const http = { ...lookup('stock'), protocol: 'http' };
    expect(compare(usual, inFirst(40, http))).toHaveLength(1);
  });

  it('is found from five calls on, fewer than tests would see', () => {
    expect(compare(usual, inFirst(5, away))).toHaveLength(1);
    expect(compare(usual, inFirst(4, away))).toHaveLength(0);
  });

  it('may have been missed by a short baseline: inside the cluster rather than outside', () => {
    expect(compare(usual, inFirst(20, away), [13, 100])).toHaveLength(0);
    expect(compare(usual, inFirst(20, away), [14, 100])).toHaveLength(1);
    expect(compare(usual, inFirst(20, pixel), [34, 100])).toHaveLength(0);
    expect(compare(usual, inFirst(20, pixel), [35, 100])).toHaveLength(1);
  });

  it('is nothing new where any operation or background work of the caller called it', () => {
    const other: Made = { to: 'tracker GET /other' };
    const known = background('orders', 1, other);
    expect(compare(usual, inFirst(40, pixel), undefined, { base: known })).toHaveLength(0);
    const pairs = [
      pairOf(fanoutOf(100, usual), fanoutOf(100, inFirst(40, pixel))),
      pairOf(
        fanoutOf(1, () => [other]),
        undefined,
        'orders GET /orders',
      ),
    ];
    const { findings } = judged(pairs);
    expect(findings.map(({ rule }) => rule)).toEqual(['call.extra']);
  });

  it('is not the caller itself, and not judged where the operation is new', () => {
    expect(compare(usual, inFirst(40, { to: 'orders GET /self' }))).toHaveLength(0);
    expect(compare(undefined, inFirst(40, pixel))).toHaveLength(0);
  });
});

describe('a workload never called before, by background work', () => {
  const found = (cand: EdgeTotals, base = none) => compare(usual, usual, undefined, { base, cand });

  it('is not decided by messages of sessions, of which there may have been one', () => {
    const severities = (made: Made) =>
      found(background('orders', 9, made)).map(({ severity, undecided }) => [
        severity,
        undecided !== undefined,
      ]);
    const live = { to: 'live TEXT /live', protocol: 'ws' };
    expect(severities(live)).toEqual([['warning', true]]);
    expect(severities({ ...live, outside: true })).toEqual([['breaking', false]]);
    expect(severities({ ...live, protocol: 'http' })).toEqual([['breaking', false]]);
  });

  it('is not decided where a page asks it what another host was, which is asked no more', () => {
    const ingest = (host: string, path = '/v1') => ({ to: `${host}.example POST ${path}` });
    const edges = (made: Made) => background('orders', 9, made);
    const of = (base: EdgeTotals, cand: EdgeTotals) =>
      judged([], { background: { base, cand }, isOfPages: true }).findings;
    const undecided = (base: Made, cand: Made) => of(edges(base), edges(cand))[0]?.undecided;
    expect(undecided(ingest('old'), ingest('new'))).toBe(
      'it is asked the same as old.example, which is asked no more: it may be another name of that host, which a rule under identity tells',
    );
    expect(undecided(ingest('old'), ingest('new', '/v2'))).toBeUndefined();
    const both = edges(ingest('new'));
    both.merge(edges(ingest('old', '/health')));
    expect(of(edges(ingest('old')), both)).toMatchObject([{ severity: 'breaking' }]);
  });

  it('is told of the caller, with the calls that nobody is known to have caused', () => {
    expect(found(background('orders', 5, pixel))).toEqual([
      {
        rule: 'call.new-destination',
        category: 'extra-call',
        severity: 'breaking',
        operation: 'orders (background)',
        path: 'tracker GET /pixel',
        summary:
          'Calls tracker, a workload that orders never called before: 5 calls that no handled call is known to have caused.',
        baseline: 0,
        candidate: 5,
        effect: 5,
        interval: null,
        samples: { baseline: 0, candidate: 5 },
        evidence: expect.arrayContaining([
          { callId: expect.stringMatching(/^bg\//), side: 'candidate', note: 'the new call' },
        ]),
        chain: ['orders (background)', 'tracker GET /pixel'],
      },
    ]);
    expect(found(background('orders', 5, away))[0]?.summary).toContain(
      'tracker, a host outside the cluster that',
    );
  });

  it('is found by the calls under one template, however few each path has', () => {
    const cand = new EdgeTotals();
    for (const name of ['ann', 'bob', 'cid', 'dan', 'eve']) {
      cand.merge(background('orders', 1, { to: `tracker GET /of/${name}` }));
    }
    const named = (path: string) =>
      judged([pairOf(fanoutOf(9, usual), fanoutOf(9, usual))], {
        name: (family, segments) => namer(family, segments).replace(/(?<=of[/]).*/, path),
        background: { cand },
      }).findings.map(({ path, candidate }) => `${path} ${candidate}`);
    expect(named('{id}')).toEqual(['tracker GET /of/{id} 5']);
    expect(named('$&')).toEqual([]);
  });

  it('is nothing with fewer calls, of a caller never seen, of itself, or of one known', () => {
    expect(found(background('orders', 4, pixel))).toEqual([]);
    expect(found(background('stranger', 9, pixel))).toEqual([]);
    const cand = background('orders', 9, pixel);
    expect(compare(undefined, usual, undefined, { cand })).toEqual([]);
    expect(found(background('orders', 9, { to: 'orders GET /self' }))).toEqual([]);
    const other = background('orders', 1, { to: 'tracker GET /other' });
    expect(found(background('orders', 9, pixel), other)).toEqual([]);
    expect(found(background('orders', 9, { to: 'stock GET /other' }))).toEqual([]);
  });
});

describe('a callee that is rare and new to an operation', () => {
  const rare = (edges: EdgeTotals) => {
    const before = fanoutOf(400, usual);
    const after = fanoutOf(400, inFirst(30, { to: 'stock GET /rare' }));
    const options = { background: { base: edges } };
    return judged([pairOf(before, after)], options).findings.map(({ severity }) => severity);
  };

  it('breaks, but is a warning where its workload made such calls elsewhere', () => {
    expect(rare(none)).toEqual(['breaking']);
    expect(rare(background('orders', 1, { to: 'stock GET /rare' }))).toEqual(['warning']);
    expect(rare(background('orders', 1, { to: 'stock GET /else' }))).toEqual(['breaking']);
    expect(rare(background('else', 1, { to: 'stock GET /rare' }))).toEqual(['breaking']);
  });
});
