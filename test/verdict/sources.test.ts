import { expect, it } from 'vitest';
import { run as compare } from '../../src/commands/compare.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { Profile } from '../../src/profile/profile.ts';
import { sourceProblems } from '../../src/verdict/sources.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFile } from '../support/with-file.ts';

const CALLS = 40;
const body = (i: number) => JSON.stringify({ id: i, total: i * 2 });

function har(): string {
  const entries = Array.from({ length: CALLS }, (_, i) => ({
    startedDateTime: new Date(1_700_000_000_000 + i * 50).toISOString(),
    time: 5,
    request: {
      method: 'GET',
      url: `http://orders:8080/orders/${100 + i}`,
      httpVersion: 'HTTP/1.1',
      headers: [],
    },
    response: {
      status: 200,
      headers: [],
      content: { size: body(i).length, mimeType: 'application/json', text: body(i) },
    },
    timings: { send: 0, wait: 5, receive: 0 },
  }));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'proxy' }, entries } });
}

/** The same, and what the service asks its database. */
function ndjson(): string {
  const lines = Array.from({ length: CALLS }, (_, i) => {
    const ts = 1_700_000_000_000 + i * 50;
    const [src, dst] = [{ svc: 'gateway' }, { svc: 'orders' }];
    const http = { proto: 'http', method: 'GET', path: `/orders/${100 + i}`, status: 500 };
    const sql = { proto: 'postgresql', method: 'SELECT', path: 'SELECT 1', status: 0 };
    return [
      { id: `h${i}`, ts, latency_ms: 5, src, dst, ...http, resp_body: body(i) },
      { id: `q${i}`, ts: ts + 1, latency_ms: 1, src: dst, dst: { svc: 'db' }, ...sql },
    ];
  });
  return lines
    .flat()
    .map((line) => JSON.stringify(line))
    .join('\n');
}

const judged = (base: string, cand: string) =>
  withFile('base', base, (one) =>
    withFile('cand', cand, async (other) => {
      const { judgement } = await compare(inputsOf('compare', {}, [one, other]), commandIO().io);
      return judgement;
    }),
  );

it('a HAR and calls of Kubeshark differ by what they are: INCONCLUSIVE, and it says why', async () => {
  for (const pair of [
    [har(), ndjson()],
    [ndjson(), har()],
  ] as const) {
    const judgement = await judged(...pair);
    expect(judgement).toMatchObject({ verdict: 'INCONCLUSIVE' });
    expect(judgement?.reasons.join()).toMatch(/each kind names who calls whom its own way/);
    expect(judgement?.capture.candidate.problems).toMatchObject([{ code: 'other-source' }]);
    expect(judgement?.findings.filter(({ severity }) => severity === 'breaking')).toEqual([]);
  }
});

it('a PASS of two archives names what they do not show', async () => {
  const judgement = await judged(har(), har());
  expect(judgement).toMatchObject({ verdict: 'PASS' });
  expect(judgement?.reasons).toEqual([
    expect.stringMatching(/^no breaking difference/),
    expect.stringMatching(/was one given twice/),
    expect.stringMatching(/^HAR holds what one client asked/),
  ]);
});

it('kinds are kept in profiles; where one is not known nothing is said', () => {
  const profile = new Profile();
  profile.capture.sources.add('har');
  const { capture } = decodeProfile(encodeProfile(profile));
  expect([...capture.sources]).toEqual(['har']);
  const of = (...kinds: readonly ('calls' | 'har' | 'packets' | 'traces')[]) => {
    const stats = new CaptureStats();
    for (const kind of kinds) stats.sources.add(kind);
    return stats;
  };
  expect(sourceProblems(of(), capture)).toEqual([]);
  expect(sourceProblems(of('packets'), of('calls'))).toEqual([]);
  expect(sourceProblems(of('traces'), of('calls'))).toMatchObject([{ code: 'other-source' }]);
});
