import { describe, expect, it } from 'vitest';
import { run as compare } from '../../src/commands/compare.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFile } from '../support/with-file.ts';

const VISITS = 40;
const API = 'http://api.shop.test';

/** What one visit of a page asks for, as `METHOD URL`. */
const VISIT = [
  'GET http://shop.test/',
  'GET http://cdn.shop.test/main.js',
  `GET ${API}/cart`,
  `POST ${API}/orders`,
  'POST http://metrics.test/collect',
];

function har(visit: readonly string[]): string {
  const entries = Array.from({ length: VISITS }, (_, i) =>
    visit.map((asked, step) => {
      const [method, url = ''] = asked.split(' ');
      const isData = url.includes('//api.');
      const text = isData ? JSON.stringify({ id: i, total: 2 * i }) : 'text';
      const mimeType = isData ? 'application/json' : 'text/plain';
      return {
        startedDateTime: new Date(1_700_000_000_000 + i * 500 + step * 20).toISOString(),
        time: 8,
        request: { method, url, httpVersion: 'HTTP/1.1', headers: [] },
        response: { status: 200, headers: [], content: { size: text.length, mimeType, text } },
        timings: { send: 0, wait: 8, receive: 0 },
      };
    }),
  ).flat();
  return JSON.stringify({ log: { version: '1.2', browser: { name: 'chromium' }, entries } });
}

async function judged(cand: readonly string[], base: readonly string[] = VISIT) {
  const judgement = await withFile('base', har(base), (one) =>
    withFile('cand', har(cand), async (other) => {
      const outcome = await compare(inputsOf('compare', {}, [one, other]), commandIO().io);
      return outcome.judgement;
    }),
  );
  const breaking = judgement?.findings.filter(({ severity }) => severity === 'breaking') ?? [];
  return {
    verdict: judgement?.verdict,
    breaking: breaking.map(({ rule, path }) => `${rule} ${path}`),
    reasons: judgement?.reasons.join('\n'),
  };
}

const without = (asked: string) => VISIT.filter((one) => one !== asked);
const renamed = (from: string, to: string) => VISIT.map((one) => one.replace(from, to));

describe('what pages ask', () => {
  it.each([
    ['the same', VISIT, 'PASS', []],
    [
      'a host never asked before',
      [...VISIT, 'POST http://tracker.test/track'],
      'FAIL',
      ['call.new-destination tracker.test POST /track'],
    ],
    ['data no more', without(`GET ${API}/cart`), 'FAIL', ['call.missing api.shop.test GET /cart']],
    [
      'a write no more',
      without('POST http://metrics.test/collect'),
      'FAIL',
      ['call.missing metrics.test POST /collect'],
    ],
    ['what may come from a cache no more', without(VISIT[1] as string), 'INCONCLUSIVE', []],
    ['writes twice as often', [...VISIT, `POST ${API}/orders`], 'PASS', []],
  ] as const)('%s', async (_, cand, verdict, breaking) => {
    expect(await judged(cand)).toMatchObject({ verdict, breaking });
  });

  it('the same of a host by another name is neither a break nor a PASS', async () => {
    for (const [from, to] of [
      ['cdn.shop.test', 'd3f8a91c2b.cloudfront.test'],
      ['shop.test', 'pr-12.preview.test'],
    ] as const) {
      const judgement = await judged(renamed(from, to));
      expect(judgement).toMatchObject({ verdict: 'INCONCLUSIVE', breaking: [] });
      expect(judgement.reasons).toMatch(/asked the same as .*shop\.test, which is asked no more/);
    }
  });

  it('a host without TLS, which had it, is a break: one, whatever it is asked', async () => {
    const secured = renamed(API, API.replace('http:', 'https:'));
    expect(await judged(VISIT, secured)).toMatchObject({
      verdict: 'FAIL',
      breaking: ['call.encryption-lost api.shop.test'],
    });
    expect(await judged(secured)).toMatchObject({ verdict: 'PASS', breaking: [] });
  });

  it('servers on loopback at other ports are the same', async () => {
    const at = (web: number, api: number) =>
      VISIT.map((one) =>
        one
          .replace(API, `http://localhost:${api}`)
          .replace(/http:\/\/[a-z.]+test/, `http://localhost:${web}`),
      );
    const judgement = await judged(at(41_234, 50_001), at(36_001, 39_999));
    expect(judgement).toMatchObject({ verdict: 'PASS', breaking: [] });
  });
});
