import { expect, it } from 'vitest';
import { namesOf } from '../../../../src/sources/pcap/names/names.ts';
import { CaptureError } from '../../../../src/support/errors.ts';
import { withFile } from '../../../support/with-file.ts';

const nameOf = (text: string, ip: string, port = 80) =>
  withFile('names', text, async (path) => (await namesOf([path])).of({ ip, port }));

const HOSTS = `# services
127.0.0.1:8080  orders orders.local
127.0.0.1       shop
[::1]:5432 postgres # the store
10.0.0.7 audit
no-address nothing
`;
const COMPOSE = [
  { Service: 'orders', Publishers: [{ URL: '0.0.0.0', PublishedPort: 8080, TargetPort: 80 }] },
  { Service: 'cache', Publishers: null },
]
  .map((line) => JSON.stringify(line))
  .join('\n');
const NETWORK = JSON.stringify([
  {
    Containers: {
      a1: { Name: 'shop-orders-api-1', IPv4Address: '172.18.0.3/16', IPv6Address: '' },
    },
  },
]);
const INSPECTED = JSON.stringify([
  {
    Name: '/odd',
    Config: { Labels: { 'com.docker.compose.service': 'payment' } },
    NetworkSettings: { Networks: { shop: { IPAddress: '172.18.0.9', GlobalIPv6Address: '' } } },
  },
]);
const metadata = { name: 'orders', namespace: 'shop' };
const KUBECTL = JSON.stringify({
  kind: 'List',
  items: [
    { kind: 'Service', metadata, spec: { clusterIP: '10.96.0.4', selector: { app: 'orders' } } },
    {
      kind: 'Pod',
      metadata: { name: 'orders-5d8f-x2x9z', namespace: 'shop', labels: { app: 'orders' } },
      status: { podIP: '10.244.0.8' },
    },
    {
      kind: 'Pod',
      metadata: { name: 'agent', namespace: 'shop' },
      spec: { hostNetwork: true },
      status: { podIP: '192.168.0.2' },
    },
  ],
});

it.each([
  ['hosts: an address with its port', HOSTS, '127.0.0.1', 8080, { svc: 'orders' }],
  ['hosts: an address', HOSTS, '127.0.0.1', 9, { svc: 'shop' }],
  ['hosts: IPv6', HOSTS, '::1', 5432, { svc: 'postgres' }],
  ['hosts: nobody', HOSTS, '::1', 5433, {}],
  ['compose ps', COMPOSE, '127.0.0.1', 8080, { svc: 'orders' }],
  ['network inspect', NETWORK, '172.18.0.3', 80, { svc: 'orders-api' }],
  ['inspect', INSPECTED, '172.18.0.9', 80, { svc: 'payment' }],
  ['kubectl: a service', KUBECTL, '10.96.0.4', 80, { svc: 'orders', ns: 'shop' }],
  [
    'kubectl: a pod of a service',
    KUBECTL,
    '10.244.0.8',
    80,
    { svc: 'orders', pod: 'orders-5d8f-x2x9z', ns: 'shop' },
  ],
  ["kubectl: a pod in its node's network", KUBECTL, '192.168.0.2', 80, {}],
])('%s', async (_, text, ip, port, expected) => {
  expect(await nameOf(text, ip, port)).toEqual(expected);
});

it.each(['', '{}', 'hello', '[{"Service":1}]'])('refuses %j, which names nobody', async (text) => {
  await expect(nameOf(text, '127.0.0.1')).rejects.toThrow(CaptureError);
});
