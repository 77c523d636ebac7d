import { expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { namePublishedCauses } from '../../../src/compare/causes/published.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call } from '../../support/calls.ts';
import { fieldFinding, finding } from '../../support/judgements.ts';

const body = (value: unknown) => ({ state: 'whole', text: JSON.stringify(value) }) as const;

/** Events that are published to a topic, and fetched two at a time from it or from another. */
function captured(side: string, event: (i: number) => unknown, fetched = 'orders') {
  const profiler = new Profiler();
  for (let i = 0; i < 60; i++) {
    const kafka: Partial<Call> & { to: string } = { to: 'kafka', protocol: 'kafka', status: '0' };
    const publish = { method: 'PRODUCE', path: 'orders', requestBody: body(event(i)) };
    const fetch = {
      method: 'FETCH',
      path: fetched,
      responseBody: body([i, i + 1].map((n) => ({ offset: n, value: event(n) }))),
    };
    for (const [k, one] of [publish, fetch].entries()) {
      const from = k === 0 ? 'shop' : 'mailer';
      const at = { id: `${side}/${i}/${k}`, ts: i * 1000 + k * 100, latency: 5, from };
      profiler.push({ kind: 'call', call: call({ ...kafka, ...at, ...one }) });
    }
  }
  return profiler.finish();
}

function told(event: (i: number) => unknown, fetched?: string): string[] {
  const usual = (id: number) => ({ id, note: `order ${id}` });
  const base = captured('b', usual, fetched);
  const { findings } = compareProfiles(base, captured('c', event, fetched), { minSamples: 20 });
  return findings
    .filter(({ rule }) => rule.startsWith('schema.'))
    .map(({ severity, operation, causedBy }) =>
      [severity, operation.split(' ')[1], ...(causedBy ? ['follows'] : [])].join(' '),
    );
}

it('what readers of a topic find follows from what is published to it', () => {
  expect(told((id) => ({ id }))).toEqual(['breaking PRODUCE', 'info FETCH follows']);
  expect(told((id) => ({ id }), 'refunds')).toEqual(['breaking FETCH', 'breaking PRODUCE']);
});

it('follows from the change of the same field, wherever brokers put it, and from no other', () => {
  const cause = (fetched: string, ...published: readonly string[]) => {
    const lost = (operation: string, path: string) => fieldFinding(path, { operation });
    const all = published.map((pointer) => lost('kafka PRODUCE orders', `request ${pointer}`));
    const read = lost('kafka FETCH orders', `response 0 ${fetched}`);
    return namePublishedCauses([...all, read])
      .at(-1)
      ?.causedBy?.split(' ')
      .at(-1);
  };
  expect(cause('/*/value/customer/id', '/id', '/customer/id')).toBe('/customer/id');
  expect(cause('/*/value/id', '/customer/id', '/id')).toBe('/id');
  expect(cause('/*/value/buyer/name', '/seller/name')).toBeUndefined();
  expect(cause('/*/value/id', '/*/value/id')).toBe('/*/value/id');
  expect(cause('/answers/*/records/*/value/id', '/records/*/value/id')).toBe('/records/*/value/id');
  expect(cause('/answers/*/record/*/value/id', '/data/*/record/*/value/id')).toBeDefined();
  expect(cause('/*/value/uid', '/id')).toBeUndefined();
  expect(cause('/*/value/buyer/id', '/orders/*/seller/id')).toBeUndefined();
});

it('what is found elsewhere, has a cause already or has no place follows from no message', () => {
  const lost = (operation: string, given: Partial<Finding> = {}) =>
    fieldFinding('response 200 /id', { operation, ...given });
  const published = fieldFinding('request /id', { operation: 'kafka PRODUCE orders' });
  const others = [
    lost('orders GET /orders'),
    lost('mailer GET /letters'),
    lost('kafka FETCH orders', { causedBy: 'x' }),
    finding({
      operation: 'kafka FETCH orders',
      rule: 'schema.status-removed',
      path: 'status 200',
    }),
  ];
  expect(namePublishedCauses([published, ...others])).toEqual([published, ...others]);
});
