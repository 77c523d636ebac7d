/** What is asked of tshark for each packet, in the order of a line's columns. */
export const FIELDS = [
  'frame.time_epoch',
  'ip.src',
  'ipv6.src',
  'ip.dst',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq_raw',
  'tcp.flags',
  'tcp.len',
  'tcp.payload',
  'udp.srcport',
  'udp.dstport',
  'udp.payload',
] as const;

export interface Packet {
  /** Unix ms, with fraction. */
  readonly now: number;
  readonly src: Address;
  readonly dst: Address;
  /** Undefined for UDP. */
  readonly tcp: TcpHeader | undefined;
  readonly payload: Buffer;
}

export interface Address {
  readonly ip: string;
  readonly port: number;
}

export interface TcpHeader {
  readonly seq: number;
  /** Bytes that were sent: more than the payload where packets were cut when captured. */
  readonly length: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
}

const NOTHING = Buffer.alloc(0);
/** No segment is longer, also where a network card puts several together. */
const MAX_SEGMENT = 1024 * 1024;

/** One line of tshark's fields; undefined for what has no addresses, ports or time. */
export function parsePacket(line: string): Packet | undefined {
  const columns = line.split('\t');
  const [time = '', ip4 = '', ip6 = '', to4 = '', to6 = ''] = columns;
  const [tcpFrom = '', tcpTo = '', seq = '', flags = '', length = ''] = columns.slice(5, 10);
  const [tcpPayload = '', udpFrom = '', udpTo = '', udpPayload = ''] = columns.slice(10);
  const isTcp = tcpFrom !== '';
  const src = { ip: ip4 || ip6, port: Number(isTcp ? tcpFrom : udpFrom || Number.NaN) };
  const dst = { ip: to4 || to6, port: Number(isTcp ? tcpTo : udpTo || Number.NaN) };
  const now = timeOf(time);
  if (src.ip === '' || dst.ip === '' || Number.isNaN(now + src.port + dst.port)) return undefined;
  const tcp = isTcp ? tcpHeader(Number(seq), Number(flags), Number(length)) : undefined;
  const payload = bytesOf(isTcp ? tcpPayload : udpPayload);
  // More than was sent is none of it.
  return { now, src, dst, tcp, payload: tcp ? payload.subarray(0, tcp.length) : payload };
}

function bytesOf(hex: string): Buffer {
  return hex === '' ? NOTHING : Buffer.from(hex.replaceAll(':', ''), 'hex');
}

function tcpHeader(seq: number, flags: number, length: number): TcpHeader {
  return {
    seq: seq | 0,
    length: Math.trunc(Math.min(length, MAX_SEGMENT)),
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    rst: (flags & 4) !== 0,
    ack: (flags & 16) !== 0,
  };
}

/** Seconds with nanoseconds, or ISO 8601 as newer versions write it; Unix ms. */
function timeOf(text: string): number {
  const [, seconds, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  // Date.parse takes nearly anything for a date.
  if (seconds === undefined)
    return /^(?:19[7-9]|[2-9]\d\d)\d-/.test(text) ? Date.parse(text) : Number.NaN;
  return Number(seconds) * 1000 + Number(fraction.padEnd(9, '0')) / 1e6;
}
