import { composeNames } from '../../../../src/sources/pcap/names/compose.ts';
import { hostsNames } from '../../../../src/sources/pcap/names/hosts.ts';
import { kubernetesNames } from '../../../../src/sources/pcap/names/kubernetes.ts';
import { Names } from '../../../../src/sources/pcap/names/names.ts';
import { holds } from '../../engine/failure.ts';
import type { Target } from '../../target.ts';

export const target: Target = {
  holds:
    'whatever a map of names holds, each address that it names is found by it, and no other one is named',
  seeds: () => [
    '10.0.0.1 orders # the shop\n[::1]:8080 users alias\n127.0.0.1:99999 x\n::1\n',
    '{"Service":"orders","Publishers":[{"URL":"0.0.0.0","PublishedPort":8080},{"URL":"::","PublishedPort":0}]}',
    '[{"Containers":{"a":{"Name":"shop-orders-1","IPv4Address":"172.18.0.2/16","IPv6Address":""}}}]',
    '[{"Name":"/shop-users-1","Config":{"Labels":{"com.docker.compose.service":"users"}},"NetworkSettings":{"Networks":{"n":{"IPAddress":"10.1.1.1","GlobalIPv6Address":"FE80::1"}}}}]',
    '{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"p","namespace":"n","labels":{"app":"a"}},"status":{"podIP":"10.2.0.1","podIPs":[{"ip":"10.2.0.1"}]}},{"kind":"Service","metadata":{"name":"s","namespace":"n"},"spec":{"clusterIP":"10.3.0.1","selector":{"app":"a"}}}]}',
  ],
  words: ['__proto__', 'constructor', '"items":', '"metadata":{"name":'],
  run: (input) => {
    const text = Buffer.from(input).toString('utf8');
    const documents = documentsIn(text);
    const named = [...hostsNames(text), ...composeNames(documents), ...kubernetesNames(documents)];
    const names = new Names(named);
    for (const { ip, port = 1 } of named) {
      const same = named.filter((one) => one.ip.toLowerCase() === ip.toLowerCase());
      const last =
        same.findLast((one) => one.port === port) ?? same.findLast((one) => one.port === undefined);
      const { svc, pod, ns } = names.of({ ip, port });
      holds(
        svc === last?.svc && pod === last?.pod && ns === last?.ns,
        'an address is found by its name',
        () => JSON.stringify({ ip, port, svc, last }),
      );
    }
    const { svc, pod } = names.of({ ip: '198.51.100.200', port: 65_000 });
    const isNamed = named.some(({ ip }) => ip === '198.51.100.200');
    holds(isNamed || (svc === undefined && pod === undefined), 'no other address is named');
  },
};

function documentsIn(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch {
    return [];
  }
}
