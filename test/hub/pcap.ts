import { isIPv4 } from 'node:net';
import { parseBpf } from './bpf.ts';
import type { HubEndpoint, HubRecord } from './record.ts';

interface Filters {
  readonly bpf_filter?: string;
  readonly start_time?: string;
  readonly end_time?: string;
}

/** Raw IP, without a frame around it. */
const LINK_TYPE = 101;

/** The packets of the calls that the filters let through: a request and a response each. */
export function pcapOf(records: readonly HubRecord[], filters: Filters): Buffer {
  const matches = parseBpf(filters.bpf_filter ?? '');
  const from = Number(filters.start_time ?? -Infinity);
  const to = Number(filters.end_time ?? Infinity);
  const packets = records
    .filter(
      ({ ts, src, dst }) =>
        ts >= from && ts <= to && matches({ hosts: [src.ip, dst.ip], ports: [src.port, dst.port] }),
    )
    .flatMap((record) => [
      packetOf(record.ts, record.src, record.dst, record.req_body),
      packetOf(
        record.ts + Number(record.latency_ms ?? 0),
        record.dst,
        record.src,
        record.resp_body,
      ),
    ]);
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(LINK_TYPE, 20);
  return Buffer.concat([header, ...packets]);
}

function packetOf(at: number, src: HubEndpoint, dst: HubEndpoint, body: unknown): Buffer {
  const payload = Buffer.from(typeof body === 'string' ? body : '');
  const packet = Buffer.alloc(16 + 40 + payload.length);
  packet.writeUInt32LE(Math.floor(at / 1000), 0);
  packet.writeUInt32LE(Math.floor((at % 1000) * 1000), 4);
  packet.writeUInt32LE(40 + payload.length, 8);
  packet.writeUInt32LE(40 + payload.length, 12);
  packet.writeUInt8(0x45, 16);
  packet.writeUInt16BE(40 + payload.length, 18);
  packet.writeUInt8(64, 24);
  packet.writeUInt8(6, 25);
  address(src).copy(packet, 28);
  address(dst).copy(packet, 32);
  packet.writeUInt16BE(src.port ?? 0, 36);
  packet.writeUInt16BE(dst.port ?? 0, 38);
  packet.writeUInt8(0x50, 48);
  payload.copy(packet, 56);
  return packet;
}

function address({ ip }: HubEndpoint): Buffer {
  return ip && isIPv4(ip) ? Buffer.from(ip.split('.').map(Number)) : Buffer.alloc(4);
}
