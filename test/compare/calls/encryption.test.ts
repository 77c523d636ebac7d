import { expect, it } from 'vitest';
import { findingsOf, type Handled, profileOf } from '../../../scripts/rules-calls.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import { decodeProfile, encodeProfile } from '../../../src/profile/codec.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call } from '../../support/calls.ts';

const RULE = 'call.encryption-lost';
type Each = (i: number) => Handled;
const pays =
  (
    port: number | undefined,
    given: { readonly protocol?: string; readonly to?: string } = {},
  ): Each =>
  () => ({
    makes: [
      {
        to: 'api.pay.example',
        method: 'POST',
        path: '/charges',
        status: '200',
        ...given,
        ...(port !== undefined && { port }),
      },
    ],
  });
const secured = pays(443);
const clear = pays(80);

const told = (baseline: Each, candidate: Each, calls: readonly [number, number] = [60, 60]) =>
  findingsOf({ rule: RULE, baseline, candidate, calls }).filter(({ rule }) => rule === RULE);

it('a call to a host outside that loses TLS breaks, and is shown', () => {
  const [lost] = told(secured, clear);
  expect([lost?.severity, lost?.summary]).toEqual([
    'breaking',
    'Calls api.pay.example POST /charges without TLS in 60 of 60 calls; never before in 60.',
  ]);
  expect(lost?.evidence[0]).toMatchObject({ side: 'candidate', note: 'in plain text' });
});

it('breaks also where it is a part of the calls', () => {
  const part: Each = (i) => (i % 4 ? secured(i) : clear(i));
  expect(told(secured, part)[0]).toMatchObject({ baseline: 1, candidate: 0.75 });
  expect(told(part, clear)).toEqual([]);
  expect(told(secured, (i) => (i < 20 ? clear(i) : {}))).toHaveLength(1);
});

it.each<[string, Each, Each, (readonly [number, number])?]>([
  ['that gain TLS', clear, secured],
  ['to another port of TLS', secured, pays(8443)],
  ['to a port that tells nothing', secured, pays(8123)],
  ['of which no port is known', secured, pays(undefined)],
  ['to a store', pays(6380, { protocol: 'redis' }), pays(6379, { protocol: 'redis' })],
  ['that are few', secured, (i) => (i < 19 ? clear(i) : {})],
  ['of which one goes in plain text', secured, (i) => (i ? secured(i) : clear(i))],
])('calls %s say nothing', (_, before, after, calls) => {
  expect(told(before, after, calls)).toEqual([]);
});

it('background calls are judged too', () => {
  const ownOf = (side: string, port: number) => {
    const profiler = new Profiler();
    for (let i = 0; i < 40; i++) {
      const polled = call({
        id: `${side}/${i}`,
        ts: i * 1000,
        from: 'poller',
        to: 'rates.example',
      });
      const dst = {
        ...polled.dst,
        workload: { name: 'rates.example', kind: 'host' as const },
        port,
      };
      profiler.push({ kind: 'call', call: { ...polled, dst } });
    }
    return profiler.finish();
  };
  const { findings } = compareProfiles(ownOf('b', 443), ownOf('c', 80), { minSamples: 20 });
  expect(findings.map(({ rule, operation, path }) => [rule, operation, path])).toEqual([
    [RULE, 'poller (background)', 'rates.example'],
  ]);
});

it('is known of a profile that was stored', () => {
  const profile = profileOf('b', 60, clear);
  const bytes = encodeProfile(profile);
  expect(encodeProfile(decodeProfile(bytes))).toEqual(bytes);
  expect(JSON.stringify(JSON.parse(String(bytes)))).toContain(
    '"encryption":{"known":60,"clear":60',
  );
});
