import { describe, expect, test } from 'vitest';
import { adminPath } from '../../../../src/monitor/detect/security/admin-path.ts';
import { metadataService } from '../../../../src/monitor/detect/security/metadata-service.ts';
import { callOf, type Said } from '../records.ts';
import { Watch } from '../watch.ts';

const usual = (start: number) => [
  callOf({ ts: start + 1 }),
  callOf({ ts: start + 2, from: 'backoffice', path: '/admin/users' }),
  callOf({
    ts: start + 3,
    from: 'agent',
    to: null,
    toIp: '169.254.169.254',
    port: 80,
    path: '/latest',
  }),
  callOf({ ts: start + 4, from: 'prometheus', path: '/actuator/prometheus' }),
];
const and = (said: Partial<Said>) => (start: number) => [
  ...usual(start),
  callOf({ ts: start + 9, ...said }),
];

function learned(): Watch {
  const watch = new Watch([adminPath, metadataService]);
  const told = watch.learnDay(usual, 6).flat();
  expect(told.every(({ severity }) => severity === 'info')).toBe(true);
  expect(watch.slot(usual)).toEqual([]);
  return watch;
}

describe('security.metadata-service', () => {
  test.each<[string, Partial<Said>]>([
    [
      'by address',
      { toIp: '169.254.169.254', port: 80, path: '/latest/meta-data/iam/security-credentials/' },
    ],
    ['by an address in the host', { toIp: '10.0.0.3', host: '169.254.169.254', port: 3128 }],
    ['by name', { toIp: '169.254.169.254', host: 'metadata.google.internal', port: 80 }],
    ['by IPv6', { toIp: 'fd00:ec2::254', port: 80 }],
    ['of another cloud', { toIp: '100.100.100.200', port: 80 }],
  ])('asked %s', (_, said) => {
    const [signal, ...others] = learned().slot(and({ from: 'orders', to: null, ...said }));
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'security.metadata-service',
      subject: { workload: 'orders' },
    });
  });

  test('silent about another address that is local to the link', () => {
    expect(learned().slot(and({ from: 'orders', to: null, toIp: '169.254.1.1' }))).toEqual([]);
  });
});

describe('security.admin-path', () => {
  test.each(['/admin/users', '/.git/config', '/.env', '/actuator/env', '/debug/pprof/heap'])(
    '%s, called by one that never did',
    (path) => {
      const [signal, ...others] = learned().slot(and({ from: 'web', path }));
      expect(others).toEqual([]);
      expect(signal).toMatchObject({
        rule: 'security.admin-path',
        subject: { workload: 'orders', caller: 'web' },
      });
    },
  );

  test.each<[string, Partial<Said>]>([
    ['its own caller', { from: 'backoffice', path: '/admin/reports' }],
    ['a path that is not there', { path: '/admin/users', status: 404 }],
    ['health', { path: '/actuator/health' }],
    ['a word that begins alike', { path: '/administrative-regions' }],
    ['a parameter', { path: '/orders?from=/admin' }],
  ])('silent about %s', (_, said) => {
    expect(learned().slot(and(said))).toEqual([]);
  });
});

test.each([10_000, 30_000, 60_000, 300_000])(
  'what is new goes on being told in slots of %i ms, though they are learned minutes later',
  (interval) => {
    const watch = new Watch([metadataService], { interval });
    watch.learnDay(usual, 60);
    const asks = and({ from: 'orders', to: null, toIp: '169.254.169.254', port: 80 });
    const told = watch.slots(60, asks).map((signals) => signals.length);
    expect(told).toEqual(Array(60).fill(1));
    expect(watch.slots(60, () => []).flat()).toEqual([]);
  },
);
