import { readFileSync, writeFileSync } from 'node:fs';
import type { Wire } from '../../../demo/shop.ts';

const HEADER = 24;
const RECORD = 16;
const ETHERNET = 14;

/**
 * A classic capture of IPv4 on loopback as if each party had the address that it has in the cluster:
 * the same packets, of the given wires alone, with other addresses. Checksums are left wrong.
 */
export function rewire(from: string, to: string, wires: readonly Wire[]): number {
  const bytes = readFileSync(from);
  const wireOf = new Map(wires.map((wire) => [wire.port, wire]));
  const kept: Buffer[] = [bytes.subarray(0, HEADER)];
  for (let at = HEADER; at + RECORD <= bytes.length; ) {
    const end = at + RECORD + bytes.readUInt32LE(at + 8);
    const packet = bytes.subarray(at, end);
    if (end <= bytes.length && readdress(packet.subarray(RECORD + ETHERNET), wireOf))
      kept.push(packet);
    at = end;
  }
  writeFileSync(to, Buffer.concat(kept));
  return kept.length - 1;
}

function readdress(ip: Buffer, wireOf: ReadonlyMap<number, Wire>): boolean {
  if (ip.length < 40 || (ip[0] as number) >> 4 !== 4 || ip[9] !== 6) return false;
  const tcp = ip.subarray(((ip[0] as number) & 0x0f) * 4);
  const [source, target] = [tcp.readUInt16BE(0), tcp.readUInt16BE(2)];
  const asked = wireOf.get(target);
  const answered = wireOf.get(source);
  const wire = asked ?? answered;
  if (!wire) return false;
  address(wire.from.ip).copy(ip, asked ? 12 : 16);
  address(wire.to.ip).copy(ip, asked ? 16 : 12);
  if (wire.to.port !== undefined) tcp.writeUInt16BE(wire.to.port, asked ? 2 : 0);
  return true;
}

function address(ip: string): Buffer {
  return Buffer.from(ip.split('.').map(Number));
}

/** The parties as `kubectl get pods,svc -o json` lists them. */
export function kubectlOf(wires: readonly Wire[]): string {
  const parties = wires.flatMap(({ from, to }) => [from, to]);
  const services = new Map(parties.flatMap(({ ip, svc }) => (svc ? [[ip, svc] as const] : [])));
  const pods = new Map(parties.flatMap((party) => (party.pod ? [[party.ip, party] as const] : [])));
  return JSON.stringify({
    kind: 'List',
    items: [
      ...[...pods].map(([ip, { pod, ns }]) => ({
        kind: 'Pod',
        metadata: { name: pod, namespace: ns, labels: { app: services.get(ip) ?? 'none' } },
        status: { podIP: ip, podIPs: [{ ip }] },
      })),
      ...[...pods].flatMap(([ip, { ns }]) => {
        const name = services.get(ip);
        return name === undefined
          ? []
          : [
              {
                kind: 'Service',
                metadata: { name, namespace: ns },
                spec: { clusterIP: 'None', selector: { app: name } },
              },
            ];
      }),
    ],
  });
}
