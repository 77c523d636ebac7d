const LINKTYPE_ETHERNET = 1;
const SEGMENT = 1_448;
const FLAGS = { syn: 0x02, synAck: 0x12, ack: 0x18 } as const;
const SERVER_PORT = 8080;

/** Both sides of a connection, and what each has sent. */
interface Talk {
  readonly client: readonly [ip: number, port: number];
  readonly server: readonly [ip: number, port: number];
  sent: number;
  answered: number;
}

/** Calls as a classic capture of HTTP/1.1 over TCP, IPv4 and Ethernet, connections kept. */
export function* packetFile(lines: Iterable<string>): Generator<Buffer> {
  yield header();
  const talks = new Map<string, Talk>();
  for (const line of lines) {
    const call = JSON.parse(line);
    const key = `${call.conn_id}`;
    let talk = talks.get(key);
    if (!talk) {
      talk = {
        client: [0xcb00_7109, call.src.port],
        server: [0x0a00_0001 + talks.size, SERVER_PORT],
        sent: 1,
        answered: 1,
      };
      talks.set(key, talk);
      yield packet(talk, true, FLAGS.syn, call.ts - 2, Buffer.alloc(0));
      yield packet(talk, false, FLAGS.synAck, call.ts - 1, Buffer.alloc(0));
    }
    const { request, response } = messages(call);
    yield* segments(talk, true, call.ts, request);
    yield* segments(talk, false, call.ts + call.latency_ms, response);
  }
}

function messages(call: Record<string, unknown>) {
  const body = (text: unknown) => (typeof text === 'string' ? text : '');
  const [asked, answered] = [body(call.req_body), body(call.resp_body)];
  const lines = (of: unknown, length: number) =>
    Object.entries({ ...(of as object), 'content-length': length })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
  return {
    request: Buffer.from(
      `${call.method} ${call.path} HTTP/1.1\r\n${lines(call.req_headers, Buffer.byteLength(asked))}\r\n${asked}`,
    ),
    response: Buffer.from(
      `HTTP/1.1 ${call.status} OK\r\n${lines(call.resp_headers, Buffer.byteLength(answered))}\r\n${answered}`,
    ),
  };
}

function* segments(talk: Talk, fromClient: boolean, ms: number, bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += SEGMENT) {
    yield packet(talk, fromClient, FLAGS.ack, ms, bytes.subarray(at, at + SEGMENT));
  }
}

function header(): Buffer {
  const file = Buffer.alloc(24);
  file.writeUInt32LE(0xa1b2_c3d4, 0);
  file.writeUInt16LE(2, 4);
  file.writeUInt16LE(4, 6);
  file.writeUInt32LE(262_144, 16);
  file.writeUInt32LE(LINKTYPE_ETHERNET, 20);
  return file;
}

function packet(
  talk: Talk,
  fromClient: boolean,
  flags: number,
  ms: number,
  payload: Buffer,
): Buffer {
  const [from, to] = fromClient ? [talk.client, talk.server] : [talk.server, talk.client];
  const [seq, ack] = fromClient ? [talk.sent, talk.answered] : [talk.answered, talk.sent];
  const length = 54 + payload.length;
  const bytes = Buffer.alloc(16 + length);
  bytes.writeUInt32LE(Math.floor(ms / 1000), 0);
  bytes.writeUInt32LE(Math.floor((ms % 1000) * 1000), 4);
  bytes.writeUInt32LE(length, 8);
  bytes.writeUInt32LE(length, 12);
  bytes.writeUInt16BE(0x0800, 28);
  const ip = 30;
  bytes[ip] = 0x45;
  bytes.writeUInt16BE(length - 14, ip + 2);
  bytes[ip + 8] = 64;
  bytes[ip + 9] = 6;
  bytes.writeUInt32BE(from[0], ip + 12);
  bytes.writeUInt32BE(to[0], ip + 16);
  const tcp = ip + 20;
  bytes.writeUInt16BE(from[1], tcp);
  bytes.writeUInt16BE(to[1], tcp + 2);
  bytes.writeUInt32BE(flags === FLAGS.syn || flags === FLAGS.synAck ? seq - 1 : seq, tcp + 4);
  bytes.writeUInt32BE(flags === FLAGS.syn ? 0 : ack, tcp + 8);
  bytes[tcp + 12] = 0x50;
  bytes[tcp + 13] = flags;
  bytes.writeUInt16BE(65_535, tcp + 14);
  payload.copy(bytes, tcp + 20);
  if (fromClient) talk.sent = (talk.sent + payload.length) >>> 0;
  else talk.answered = (talk.answered + payload.length) >>> 0;
  return bytes;
}
