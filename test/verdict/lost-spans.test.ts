import { expect, it } from 'vitest';
import { GAP_ROLES, type GapRole, type SpanState } from '../../src/calls/span-gaps.ts';
import { run as compare } from '../../src/commands/compare.ts';
import { Spans } from '../../src/profile/capture-spans.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { lostShare, lostSpans } from '../../src/verdict/lost-spans.ts';
import { call } from '../support/calls.ts';
import { type GivenSpan, otlpDocument } from '../support/otlp.ts';
import { random as randomOf } from '../support/random.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFile } from '../support/with-file.ts';

const AT = 1_700_000_000_000;
const REQUESTS = 120;

/** Gateway → orders → its database and audit. Hosts are not named as services are. */
function shop(seed: number, { audit = true, status = 201 } = {}): GivenSpan[] {
  const next = randomOf(seed);
  return Array.from({ length: REQUESTS }, (_, i): GivenSpan[] => {
    const at = AT + i * 150;
    const made = (
      service: string,
      id: string,
      parent: string | undefined,
      kind: GivenSpan['kind'],
      [from, to]: readonly [number, number],
      attributes: NonNullable<GivenSpan['attributes']>,
    ): GivenSpan => {
      const [start, end] = [at + from, at + to + next() * 3];
      return {
        service,
        trace: `${seed}t${i}`,
        id: `${i}${id}`,
        parent,
        kind,
        start,
        end,
        attributes,
      };
    };
    const http = (host: string, path: string) => ({
      'http.request.method': 'POST',
      'url.full': `http://${host}:8080${path}`,
      'http.response.status_code': host === 'audit' ? status : 201,
    });
    const sql = {
      'db.system.name': 'postgresql',
      'db.query.text': 'INSERT INTO orders VALUES ($1)',
    };
    return [
      made('gateway', 'a', undefined, 'server', [0, 40], http('shop', '/api/orders')),
      made('gateway', 'b', `${i}a`, 'client', [1, 36], http('orders', '/orders')),
      made('order-service', 'c', `${i}b`, 'server', [2, 32], http('orders', '/orders')),
      made('order-service', 'd', `${i}c`, 'client', [3, 6], { ...sql, 'server.address': 'pg' }),
      ...(audit
        ? [
            made('order-service', 'e', `${i}c`, 'client', [12, 26], http('audit', '/events')),
            made('audit-service', 'f', `${i}e`, 'server', [13, 22], http('audit', '/events')),
          ]
        : []),
    ];
  }).flat();
}

function without(spans: readonly GivenSpan[], share: number): GivenSpan[] {
  const next = randomOf(9);
  return spans.filter(() => next() >= share);
}

const judged = (base: readonly GivenSpan[], cand: readonly GivenSpan[]) =>
  withFile('base', JSON.stringify(otlpDocument(base)), (one) =>
    withFile('cand', JSON.stringify(otlpDocument(cand)), async (other) => {
      const { judgement } = await compare(inputsOf('compare', {}, [one, other]), commandIO().io);
      return judgement;
    }),
  );
const breaking = (judgement: Awaited<ReturnType<typeof judged>>) =>
  judgement?.findings.filter(({ severity }) => severity === 'breaking').map(({ rule }) => rule);

it('traces that lost spans are INCONCLUSIVE, and say whose; whole traces that a sampler left out are not', async () => {
  const random = await judged(shop(1), without(shop(2), 0.05));
  expect(breaking(random)).toEqual([]);
  expect(random?.capture.candidate.problems).toMatchObject([{ code: 'spans-lost' }]);
  expect(random).toMatchObject({ verdict: 'INCONCLUSIVE' });

  const noAudit = shop(2).filter(({ service }) => service !== 'audit-service');
  for (const [base, cand, side] of [
    [shop(1), noAudit, 'candidate'],
    [noAudit, shop(1), 'baseline'],
  ] as const) {
    const judgement = await judged(base, cand);
    expect(breaking(judgement)).toEqual([]);
    expect(judgement?.capture[side].problems.map(({ message }) => message).join()).toMatch(
      /119 of 119 of the callee in answered calls to audit/,
    );
    expect(judgement?.reasons.join()).toMatch(/can't be told from that, the first: order-service/);
  }
  expect(await judged(noAudit, noAudit)).toMatchObject({ verdict: 'PASS' });

  const sampled = shop(2).filter(({ trace }) => Number(trace.slice(2)) % 3 > 0);
  expect(await judged(shop(1), sampled)).toMatchObject({ verdict: 'PASS' });
});

it('what few lost spans do not explain stays FAIL', async () => {
  const missing = await judged(shop(1), without(shop(2, { audit: false }), 0.03));
  expect(missing).toMatchObject({ verdict: 'FAIL' });
  expect(breaking(missing)).toEqual(['call.missing']);
  const failing = await judged(shop(1), without(shop(2, { status: 503 }), 0.2));
  expect(failing).toMatchObject({ verdict: 'FAIL' });
  expect(breaking(failing)).toContain('error.new-status');
});

function told(role: GapRole, there: number, lost: number): CaptureStats {
  const stats = new CaptureStats();
  const note = (state: SpanState, times: number) => {
    for (let i = 0; i < times; i++) {
      stats.observe({
        ...call({ from: 'a', to: 'a', ts: i }),
        spans: { [role]: state, peer: 'a' },
      });
    }
  };
  note('there', there);
  note('lost', lost);
  return stats;
}

it.each([
  ['one in a hundred', [900, 0], [891, 9], []],
  ['more than that', [900, 0], [880, 20], ['spans-lost']],
  ['too few to say', [900, 0], [40, 4], []],
  ['as many before', [900, 100], [880, 120], []],
  ['none that were ever there', [0, 900], [0, 900], []],
  ['none that the other capture could know', [0, 0], [0, 900], []],
] as const)('spans are lost: %s', (_, [there, lost], [thereNow, lostNow], codes) => {
  for (const role of GAP_ROLES) {
    const [base, cand] = [told(role, there, lost), told(role, thereNow, lostNow)];
    expect(lostSpans(cand, base).map(({ code }) => code)).toEqual(codes);
    expect(lostSpans(base, cand)).toEqual([]);
    expect(lostShare(base, cand) > 0).toBe(codes.length > 0);
  }
});

it('counts of spans are those of the parts together, also when stored', () => {
  const [one, other] = [told('handled', 3, 1), told('callee', 2, 2)];
  const stored = Spans.fromJSON(JSON.parse(JSON.stringify(one.spans.toJSON())));
  stored.merge(other.spans);
  expect(stored.toJSON()).toEqual([
    ['callee', 'a', 2, 2],
    ['handled', 'a', 3, 1],
  ]);
  other.merge(one);
  expect(other.spans.toJSON()).toEqual(stored.toJSON());
  for (const bad of [[['x', 'a', 1, 1]], [['callee', 'a', -1, 0]], {}]) {
    expect(() => Spans.fromJSON(bad)).toThrow(RangeError);
  }
});
