import type { ConnectionProtocol, Side } from './conversation.ts';
import { amqp } from './protocols/amqp.ts';
import { dnsOverTcp } from './protocols/dns-questions.ts';
import { http1 } from './protocols/http1.ts';
import { http2 } from './protocols/http2.ts';
import { kafka } from './protocols/kafka.ts';
import { mongodb } from './protocols/mongodb.ts';
import { mysql } from './protocols/mysql.ts';
import { postgresql } from './protocols/postgresql.ts';
import { redis } from './protocols/redis.ts';

/** Asked in this order: those that can hardly be mistaken come first. */
const PROTOCOLS: readonly ConnectionProtocol[] = [
  http2,
  http1,
  amqp,
  postgresql,
  mysql,
  mongodb,
  redis,
  kafka,
  dnsOverTcp,
];

interface Context {
  /** What the connection spoke before. */
  readonly known: ConnectionProtocol | undefined;
  /** Whose bytes they are, where that is known. */
  readonly side: Side | undefined;
  /** Of who sent them, and of the other end. */
  readonly ports: readonly [from: number, to: number];
}

/** The protocol that these bytes begin a message of, and whose they are; that of the port first. */
export function protocolOf(
  bytes: Buffer,
  { known, side, ports }: Context,
): { readonly protocol: ConnectionProtocol; readonly side: Side } | undefined {
  const [from, to] = ports;
  const isUsual = ({ ports: usual }: ConnectionProtocol) =>
    ports.some((port) => usual.includes(port));
  // Who sits at the usual port serves: an answer may look like a request.
  const sideOf = ({ ports: usual }: ConnectionProtocol): Side | undefined =>
    side ?? (usual.includes(from) && !usual.includes(to) ? 'server' : undefined);
  const usual = PROTOCOLS.filter(isUsual);
  const candidates = known
    ? [known]
    : [...usual, ...PROTOCOLS.filter((one) => !usual.includes(one))];
  for (const protocol of candidates) {
    const found = protocol.recognise(bytes, isUsual(protocol));
    const expected = sideOf(protocol);
    if (found !== undefined && (expected === undefined || expected === found))
      return { protocol, side: found };
  }
  return undefined;
}

/** Whether a TLS record begins here: a handshake, an alert or data. RFC 8446, 5.1. */
export function isTls(bytes: Buffer): boolean {
  const [type = 0, major, minor = 9] = bytes;
  return type >= 20 && type <= 23 && major === 3 && minor <= 4;
}
