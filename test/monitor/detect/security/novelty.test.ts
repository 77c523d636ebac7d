import { describe, expect, test } from 'vitest';
import { adminPath } from '../../../../src/monitor/detect/security/admin-path.ts';
import { dangerousCommand } from '../../../../src/monitor/detect/security/dangerous-command.ts';
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

describe('security.dangerous-command', () => {
  const redis = { proto: 'redis', to: 'cache', port: 6379, status: 0 };
  const sql = { proto: 'postgresql', to: 'db', port: 5432, status: 0 };
  const nightly = { ...sql, from: 'job', method: 'DELETE', path: 'DELETE FROM carts' };
  const kept = (start: number) => [
    ...usual(start),
    callOf({ ts: start + 5, ...nightly }),
    callOf({ ts: start + 6, ...redis, method: 'GET', path: 'cart:7' }),
  ];
  const known = new Watch([dangerousCommand]);
  known.learnDay(kept, 6);
  const told = (said: Partial<Said>) =>
    known.twin().slot((start) => [...kept(start), callOf({ ts: start + 9, ...said })]);

  test.each<[string, string, Partial<Said>]>([
    ['critical', 'FLUSHALL', { ...redis, method: 'FLUSHALL', path: '' }],
    ['critical', 'FLUSHDB', { ...redis, method: 'FLUSHDB', request: '["FLUSHDB","ASYNC"]' }],
    ['critical', 'CONFIG SET dir', { ...redis, method: 'CONFIG', path: 'SET dir /var/spool/cron' }],
    ['critical', 'MODULE LOAD', { ...redis, method: 'MODULE', path: 'LOAD /tmp/x.so' }],
    ['info', 'KEYS *', { ...redis, method: 'KEYS', path: '*' }],
    ['info', 'REPLICAOF', { ...redis, method: 'REPLICAOF', path: '203.0.113.9 6379' }],
    ['critical', 'DROP DATABASE', { ...sql, method: 'DROP', path: 'drop database shop' }],
    [
      'critical',
      'COPY with a program',
      { ...sql, method: 'COPY', path: "COPY t FROM PROGRAM 'id'" },
    ],
    ['info', 'DROP TABLE users', { ...sql, method: 'DROP', path: 'DROP TABLE IF EXISTS users' }],
    ['info', 'TRUNCATE users', { ...sql, method: 'TRUNCATE', path: 'TRUNCATE users' }],
    [
      'info',
      'DELETE FROM orders without WHERE',
      { ...sql, method: 'DELETE', path: 'DELETE FROM orders;' },
    ],
    [
      'info',
      'UPDATE users without WHERE',
      { ...sql, method: 'UPDATE', path: "UPDATE users SET role = 'admin'" },
    ],
    [
      'info',
      'delete of every document',
      {
        ...sql,
        proto: 'mongodb',
        method: 'DELETE',
        path: 'shop.orders',
        request: '{"delete":"orders","deletes":[{"q":{},"limit":0}]}',
      },
    ],
  ])('%s: %s', (severity, detail, said) => {
    const [signal, ...others] = told(said);
    expect(others).toEqual([]);
    expect({ severity: 'warning', ...signal }).toMatchObject({
      rule: 'security.dangerous-command',
      severity,
      subject: { workload: said.to, caller: 'web', detail },
    });
  });

  test.each<[string, Partial<Said>]>([
    ['a job that does so each night', nightly],
    ['what is bounded', { ...sql, method: 'DELETE', path: 'DELETE FROM orders WHERE id = $1' }],
    [
      'a statement that may be cut',
      { ...sql, method: 'UPDATE', path: `UPDATE t SET ${'a = $1, '.repeat(80)}` },
    ],
    ['a temporary table', { ...sql, method: 'DROP', path: 'DROP TABLE tmp_import' }],
    [
      'a setting of a library',
      { ...redis, method: 'CONFIG', path: 'SET notify-keyspace-events Ex' },
    ],
    ['a failover', { ...redis, method: 'REPLICAOF', path: 'NO ONE' }],
    ['a store that talks to itself', { ...redis, from: 'cache', method: 'DEBUG', path: 'SLEEP 0' }],
    ['keys of one kind', { ...redis, method: 'KEYS', path: 'cart:*' }],
  ])('silent about %s', (_, said) => {
    expect(told(said)).toEqual([]);
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
