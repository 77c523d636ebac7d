import { Connections } from '../../../src/sources/pcap/connections.ts';
import { recordOf } from '../../../src/sources/pcap/exchange-record.ts';
import { namesOf } from '../../../src/sources/pcap/names/names.ts';
import type { Address } from '../../../src/sources/pcap/packet.ts';
import { packetsOf } from '../../../src/sources/pcap/tshark.ts';
import type { Counts } from './tshark-counts.ts';

export interface Reading {
  readonly counts: Counts;
  /** What was spoken on which port of a server. */
  readonly ports: ReadonlyMap<number, ReadonlySet<string>>;
  /** What was met that is no whole call. */
  readonly met: string;
}

const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n');

/**
 * The calls that a capture of packets holds, each made a record of as well; those over HTTP/2, which
 * are `http` too, apart. Throws CaptureError where it can't be read at all.
 */
export async function ourCounts(file: string): Promise<Reading> {
  const counts: Counts = new Map();
  const ports = new Map<number, Set<string>>();
  const http2 = new Set<string>();
  const names = await namesOf([]);
  const connections = new Connections((exchanged) => {
    const { protocol: spoken, client, server } = exchanged;
    const protocol = spoken === 'http' && http2.has(between(client, server)) ? 'http2' : spoken;
    const number = counts.get(protocol) ?? 0;
    JSON.parse(recordOf(exchanged, number, names));
    counts.set(protocol, number + 1);
    ports.set(server.port, (ports.get(server.port) ?? new Set()).add(protocol));
  });
  for await (const packets of packetsOf(file, { defect: undefined })) {
    for (const packet of packets) {
      if (packet.payload.indexOf(HTTP2_PREFACE) === 0) http2.add(between(packet.src, packet.dst));
      connections.add(packet);
    }
  }
  connections.end();
  const met = Object.entries(connections.counts).filter(([, count]) => count > 0);
  return { counts, ports, met: met.map(([what, count]) => `${what} ${count}`).join(', ') };
}

function between(client: Address, server: Address): string {
  return `${client.ip} ${client.port} ${server.ip} ${server.port}`;
}
