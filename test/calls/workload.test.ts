import { describe, expect, test } from 'vitest';
import { workloadOf } from '../../src/calls/workload.ts';

const nothing = {
  service: undefined,
  pod: undefined,
  namespace: undefined,
  node: undefined,
  ip: undefined,
  host: undefined,
};
const ofPod = (pod: string, node?: string) => workloadOf({ ...nothing, pod, node, ip: '10.0.0.1' });

describe('a pod stands for its owner', () => {
  test.each([
    ['orders-7d9f8b6c5-x2x4z', 'orders', 'Deployment'],
    ['ts-travel2-service-5c66d57d58-6mp2b', 'ts-travel2-service', 'Deployment'],
    ['frontend-579b9bff58-t2dbm', 'frontend', 'Deployment'],
    ['web-2-cf787dd48-vpjrd', 'web-2', 'Deployment whose name ends in a number'],
    ['orders-5d4f7c9b8-abcde', 'orders', 'Deployment with a made-up suffix'],
    ['orders-a1b2c3d4e5-f6g7h', 'orders', 'hash of another tool'],
    ['hello-00042-deployment-7d9f8b6c5-x2x4z', 'hello', 'Knative revision'],
    ['postgres-0', 'postgres', 'StatefulSet'],
    ['kafka-broker-12', 'kafka-broker', 'StatefulSet'],
    ['node-exporter-x7k2p', 'node-exporter', 'DaemonSet'],
    ['fluentd-bcdfg', 'fluentd', 'DaemonSet, suffix of letters alone'],
    ['migrate-4q9xz', 'migrate', 'Job'],
    ['batch-3-4q9xz', 'batch', 'indexed Job'],
    ['nightly-28401120-k8s2d', 'nightly', 'CronJob'],
    ['nightly-1712345678-k8s2d', 'nightly', 'CronJob before 1.21'],
  ])('%s → %s (%s)', (pod, name) => {
    expect(ofPod(pod)).toEqual({ name, kind: 'owner' });
  });

  test('a static pod bears its node in its name', () => {
    expect(ofPod('kube-proxy-worker-7', 'worker-7').name).toBe('kube-proxy');
  });

  test.each(['orders', 'orders-proxy', 'api-cache', 'gateway-https', 'orders-pgsql', 'my-k8s'])(
    '%s only looks so',
    (pod) => {
      expect(ofPod(pod).name).toBe(pod);
    },
  );

  test('two rollouts give one name', () => {
    expect(ofPod('orders-7d9f8b6c5-x2x4z')).toBe(ofPod('orders-7d9f8b6c5-x2x4z'));
    expect(ofPod('orders-68bd5c9fd7-qq2rt').name).toBe(ofPod('orders-7d9f8b6c5-x2x4z').name);
  });
});

test('a service comes first, in its short form', () => {
  expect(workloadOf({ ...nothing, service: 'orders', pod: 'o-7d9f8b6c5-x2x4z' })).toEqual({
    name: 'orders',
    kind: 'service',
  });
  expect(workloadOf({ ...nothing, service: 'orders.shop.svc.cluster.local' }).name).toBe('orders');
});

describe('without service and pod', () => {
  test.each([
    ['API.Stripe.com:443', '198.51.100.4', { name: 'api.stripe.com', kind: 'host' }],
    ['orders.shop.svc.cluster.local:8080', '10.1.2.3', { name: 'orders', kind: 'service' }],
    ['198.51.100.4', '198.51.100.4', { name: 'outside', kind: 'outside' }],
    ['[2001:db8::1]:443', '2001:db8::1', { name: 'outside', kind: 'outside' }],
    ['bad host\n', '198.51.100.4', { name: 'outside', kind: 'outside' }],
    [undefined, '10.2.3.4', { name: 'inside', kind: 'inside' }],
    [undefined, '172.31.0.1', { name: 'inside', kind: 'inside' }],
    [undefined, '172.32.0.1', { name: 'outside', kind: 'outside' }],
    [undefined, '::ffff:192.168.1.1', { name: 'inside', kind: 'inside' }],
    [undefined, 'fd00::12', { name: 'inside', kind: 'inside' }],
    [undefined, '2a00::12', { name: 'outside', kind: 'outside' }],
    ['localhost:3000', '127.0.0.1', { name: 'loopback', kind: 'inside' }],
    [undefined, '::1', { name: 'loopback', kind: 'inside' }],
    [undefined, 'nonsense', { name: 'unknown', kind: 'unknown' }],
    [undefined, undefined, { name: 'unknown', kind: 'unknown' }],
  ])('host %s at %s', (host, ip, workload) => {
    expect(workloadOf({ ...nothing, host, ip })).toEqual(workload);
  });
});
