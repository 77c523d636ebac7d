import { Connections } from '../../../../src/sources/pcap/connections.ts';
import { recordOf } from '../../../../src/sources/pcap/exchange-record.ts';
import { Names } from '../../../../src/sources/pcap/names/names.ts';
import { type Packet, parsePacket } from '../../../../src/sources/pcap/packet.ts';
import { parseLine } from '../../../../src/sources/record.ts';
import { holds } from '../../engine/failure.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const NAMES = new Names([]);
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');

/** A line of tshark's fields: from one port to another, TCP flags, and what is carried. */
function line(
  at: number,
  ports: readonly [number, number],
  seq: number,
  flags: number,
  text: string,
): string {
  const [from, to] = ports;
  const addresses = ['10.0.0.1', '', '10.0.0.2', ''];
  return [`${at}.5`, ...addresses, from, to, seq, flags, text.length, hex(text), '', '', ''].join(
    '\t',
  );
}

const GET = 'GET / HTTP/1.1\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

export const target: Target = {
  holds:
    'no line of a dissected capture stops the reading, packets in the same order give the same calls, and a packet that is seen twice in a row changes nothing',
  seeds: () => [
    [
      line(1, [4000, 8080], 100, 2, ''),
      line(1, [8080, 4000], 900, 18, ''),
      line(2, [4000, 8080], 101, 24, GET),
      line(2, [8080, 4000], 901, 24, OK),
      line(3, [4000, 8080], 119, 17, ''),
      line(3, [8080, 4000], 941, 17, ''),
    ].join('\n'),
    [
      line(2, [4001, 6379], 4_294_967_290, 24, '*1\r\n$4\r\nPING\r\n'),
      line(4, [6379, 4001], 20, 24, 'NG\r\n'),
      line(3, [6379, 4001], 17, 24, '+PO'),
    ].join('\n'),
    `1.5\t10.0.0.1\t\t10.0.0.2\t\t\t\t\t\t\t\t5353\t53\t${hex('\0\x07\x01\0\0\x01\0\0\0\0\0\0\x01a\0\0\x01\0\x01')}`,
    `2024-01-01T00:00:00Z\t\t::1\t\t::2\t1\t2\t3\t24\t3\t16:03:01\t\t\t`,
  ],
  run: (input) => {
    const lines = Buffer.from(input).toString('latin1').split('\n');
    const packets = lines.flatMap((one) => parsePacket(one) ?? []);
    const told = callsOf(packets);
    same('the same packets tell the same calls', callsOf(packets), told);
    same('a packet sent twice tells the same calls', callsOf(packets.flatMap(twice)), told);
  },
};

/** Data that is sent again; a handshake or an end that is repeated may begin something new. */
function twice(packet: Packet): Packet[] {
  const { tcp } = packet;
  const isData = tcp && tcp.length > 0 && !tcp.syn && !tcp.fin && !tcp.rst;
  return isData ? [packet, packet] : [packet];
}

function callsOf(packets: readonly Packet[]) {
  const records: string[] = [];
  const connections = new Connections((exchanged) => {
    const record = recordOf(exchanged, records.length, NAMES);
    holds(parseLine(record).kind === 'call', 'an exchange is read as a call', () => record);
    records.push(record);
  });
  for (const packet of packets) connections.add(packet);
  connections.end();
  return { records, counts: connections.counts };
}
