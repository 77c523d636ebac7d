import { describe, expect, test } from 'vitest';
import { dnsTunnel } from '../../../../src/monitor/detect/security/dns-tunnel.ts';
import { enumeration } from '../../../../src/monitor/detect/security/enumeration.ts';
import { scan } from '../../../../src/monitor/detect/security/scan.ts';
import { hash32 } from '../../../../src/support/hash.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

const word = (n: number) =>
  Array.from(
    { length: 3 },
    (_, i) => `${'bcdfghjkl'[(n + i * 7) % 9]}${'aeiou'[(n * 3 + i) % 5]}`,
  ).join('');
const usual = (start: number) => [
  ...times(start, 30).map((ts, i) => callOf({ ts, path: `/orders/${i * 977}` })),
  callOf({ ts: start + 3_000, path: '/orders/999999', status: 404 }),
  callOf({ ts: start + 4_000, path: '/favicon.ico', from: null, status: 404 }),
  ...[1, 2, 3].map((n) =>
    callOf({
      ts: start + 5_000 + n,
      proto: 'dns',
      method: 'A',
      path: `api${n}.partner.example`,
      to: 'kube-dns',
      port: 53,
    }),
  ),
];
const asks =
  (count: number, path: (i: number) => string, said: Partial<Said> = {}) =>
  (start: number) => [
    ...usual(start),
    ...times(start, count).map((ts, i) => callOf({ ts, path: path(i), status: 404, ...said })),
  ];

const kinds = [scan, enumeration, dnsTunnel];
function learned(also: (start: number) => ReturnType<typeof usual> = usual): Watch {
  const watch = new Watch(kinds);
  expect(watch.learnDay(also, 6).flat()).toEqual([]);
  return watch;
}

describe('security.scan', () => {
  const paths = (i: number) => `/${word(i)}/${word(i + 5)}`;

  test('an address outside asks for many paths that are not there', () => {
    const watch = learned();
    const told = watch.slots(4, asks(40, paths, { from: null, fromIp: '203.0.113.99' }));
    for (const signals of told) {
      expect(signals).toHaveLength(1);
      expect(signals[0]).toMatchObject({
        rule: 'security.scan',
        subject: { workload: 'orders', caller: 'outside', detail: '203.0.113.99' },
      });
    }
  });

  test('a workload asks; what the server passes on is not its own', () => {
    const [signal, ...others] = learned().slot((start) => [
      ...asks(30, paths, { from: 'batch', to: 'gateway', status: 403 })(start),
      ...times(start, 30).map((ts, i) =>
        callOf({ ts: ts + 1, path: paths(i), from: 'gateway', status: 403 }),
      ),
    ]);
    expect(others).toEqual([]);
    expect(signal?.subject).toEqual({ workload: 'gateway', caller: 'batch' });
  });

  test('six of the paths that only scanners ask for, again and again', () => {
    const probes = ['/.env', '/.git/config', '/wp-login.php', '/phpmyadmin/', '/server-status'];
    const [signal] = learned().slot(asks(100, (i) => `${probes[i % 5]}?${i}`, { from: null }));
    expect(signal).toMatchObject({ rule: 'security.scan', subject: { workload: 'orders' } });
  });

  test('many ports', () => {
    const flows = (count: number) => ({
      at: 0,
      totalBytes: 0,
      truncated: false,
      flows: Array.from({ length: count }, (_, i) => ({
        ...{ client: 'web', server: 'stock', port: 1_000 + i, protocol: 'tcp', outside: false },
        ...{ packets: 1, bytes: 60, connections: 1, handshakeP50: undefined },
        ...{ handshakeP99: undefined, resets: undefined, retransmissions: undefined },
      })),
    });
    const watch = new Watch(kinds);
    for (let i = 0; i < 310; i++) watch.slot(usual, flows(3));
    expect(watch.slot(usual, flows(9))).toEqual([]);
    expect(watch.slot(usual, flows(200)).map(({ subject }) => subject)).toEqual([
      { workload: 'web' },
    ]);
  });

  /** Behind a load balancer of two addresses, which tells for whom it calls. */
  const behind = (count: number, path: (i: number) => string, client: (i: number) => string) => {
    const asking = (i: number, who: string, said: Partial<Said>) => ({
      ...{ from: null, fromIp: `10.9.0.${i % 2}`, ...said },
      requestHeaders: { 'x-forwarded-for': `192.0.2.${i % 250}, ${who}, 10.9.0.1` },
    });
    return (start: number) => [
      ...usual(start),
      ...times(start, 60).map((ts, i) =>
        callOf({ ts, ...asking(i, `198.51.100.${i}`, { path: `/orders/${i}` }) }),
      ),
      ...times(start, count).map((ts, i) =>
        callOf({ ts, ...asking(i, client(i), { path: path(i), status: 404 }) }),
      ),
    ];
  };

  test('behind a load balancer it is the client who asks, told once', () => {
    const [signal, ...others] = learned().slot(behind(30, paths, () => '203.0.113.99'));
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'security.scan',
      subject: { workload: 'orders', caller: 'inside', detail: '203.0.113.99' },
      summary: expect.stringContaining('203.0.113.99 (behind a proxy)'),
    });
    const enumerated = behind(
      80,
      (i) => `/orders/${5_000 + i}`,
      () => '203.0.113.99',
    );
    const rules = learned().slot(enumerated);
    expect(rules.map(({ rule, subject }) => [rule, subject.detail])).toEqual([
      ['security.enumeration', '203.0.113.99'],
    ]);
  });

  test('a caller that makes up ever other clients is told by its own address', () => {
    const made = behind(200, paths, (i) => `203.0.${i % 250}.7`);
    const addresses = learned()
      .slot(made)
      .map(({ subject }) => subject.detail);
    expect(addresses).toEqual(['10.9.0.0', '10.9.0.1']);
  });

  test('silent about many clients behind a load balancer, each with a path of its own', () => {
    const many = behind(25, paths, (i) => `203.0.${i % 250}.7`);
    expect(learned().slots(3, many).flat()).toEqual([]);
  });

  test('silent about an outage of routing, about a few, and about one path asked often', () => {
    const service = (status: number) => (start: number) =>
      times(start, 60).map((ts, i) => callOf({ ts, path: `/api/${word(i % 30)}`, status }));
    expect(learned(service(200)).slots(3, service(404)).flat()).toEqual([]);
    expect(learned().slots(3, asks(15, paths)).flat()).toEqual([]);
    expect(
      learned()
        .slots(
          3,
          asks(300, () => '/gone'),
        )
        .flat(),
    ).toEqual([]);
  });

  test('silent about a scanner of one’s own that has run before', () => {
    const nightly = asks(40, paths, { from: 'scanner' });
    const watch = learned((start) => (start % 43_200_000 === 0 ? nightly(start) : usual(start)));
    expect(watch.slots(3, nightly).flat()).toEqual([]);
  });
});

describe('security.enumeration', () => {
  test('one id after another, most of them not there', () => {
    const [signal, ...others] = learned().slot(
      asks(80, (i) => `/orders/${5_000 + i}`, { from: 'partner' }),
    );
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'security.enumeration',
      subject: { workload: 'partner', operation: 'orders GET /orders/{id}' },
      value: 80,
    });
  });

  test.each<[string, (start: number) => ReturnType<typeof usual>]>([
    ['that are there', asks(80, (i) => `/orders/${i}`, { status: 200 })],
    ['that are scattered', asks(80, (i) => `/orders/${hash32(`${i}`) % 1e6}`)],
    ['that are few', asks(40, (i) => `/orders/${i}`)],
  ])('silent about ids %s', (_, calls) => {
    expect(learned().slots(3, calls).flat()).toEqual([]);
  });
});

describe('security.dns-tunnel', () => {
  const data = (i: number, length: number) =>
    Array.from(
      { length },
      (_, j) => 'abcdefghijklmnopqrstuvwxyz234567'[hash32(`${i} ${j}`) % 32],
    ).join('');
  const dns = (count: number, name: (i: number) => string, method = 'A') =>
    asks(count, name, { proto: 'dns', method, to: 'kube-dns', port: 53, status: 0 });

  test.each([
    ['long random names', dns(60, (i) => `${data(i, 48)}.t.evil.example`)],
    ['shorter ones in questions for TXT', dns(30, (i) => `${data(i, 20)}.evil.example.`, 'TXT')],
  ])('%s below one domain', (_, calls) => {
    const [signal, ...others] = learned().slot(calls);
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'security.dns-tunnel',
      subject: { workload: 'web', detail: 'evil.example' },
    });
  });

  test.each<[string, (start: number) => ReturnType<typeof usual>]>([
    ['of the cluster', dns(90, (i) => `${data(i, 40)}.shop.svc.cluster.local`)],
    ['that are words', dns(90, (i) => `${word(i)}.cdn.example`)],
    ['of one host, asked often', dns(90, () => `${data(1, 48)}.cdn.example`)],
    ['that are backwards', dns(90, (i) => `${i}.0.0.10.in-addr.arpa`)],
  ])('silent about names %s', (_, calls) => {
    expect(learned().slots(3, calls).flat()).toEqual([]);
  });
});

test('kept and read again is the same, whatever comes', () => {
  const [whole, kept] = [learned(), learned()];
  for (let i = 0; i < 20; i++) {
    const calls = asks(60 + i, (j) => `/${word(i)}${j % (i + 1)}/${j}`, {
      from: i % 2 ? null : 'x',
    })(whole.at);
    kept.restart();
    expect(kept.slot(() => calls)).toEqual(whole.slot(() => calls));
  }
  expect(kept.memory()).toBe(whole.memory());
});
