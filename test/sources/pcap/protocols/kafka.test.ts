import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Connections } from '../../../../src/sources/pcap/connections.ts';
import type { Memory } from '../../../../src/sources/pcap/conversation.ts';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { kafka } from '../../../../src/sources/pcap/protocols/kafka.ts';

const int16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeInt32BE(value, 4 * at);
  return bytes;
};
const short = (text: string) => Buffer.concat([int16(text.length), Buffer.from(text)]);
const compact = (text: string) => Buffer.from(`${String.fromCharCode(text.length + 1)}${text}`);
const framed = (...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length), body]);
};
/** A request with compact fields, and the answer to one. */
const asks = (key: number, version: number, id: number, ...body: readonly Buffer[]) =>
  framed(int16(key), int16(version), int32(id), short('app'), NONE, ...body);
const answers = (id: number, ...body: readonly Buffer[]) => framed(int32(id), NONE, ...body);
const zeros = (count: number) => Buffer.alloc(count);
const NONE = zeros(1);
const few = (count: number) => Buffer.from([count + 1]);

function heard(memory: Memory, ...sides: readonly (readonly [Buffer, Buffer])[]): Exchange[] {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const listener = { call: (call: Exchange) => told.push(call), orphan: lost, unnamed: lost };
  const talk = kafka.open(listener, memory);
  for (const [asked, answered] of sides) {
    talk.request(asked, 1);
    if (answered.length > 0) talk.response(answered, 2);
  }
  talk.close(3);
  return told;
}

/** Three small records, as real producers sent them: librdkafka 2.16 and Kafka's own client 3.7. */
const PRODUCED = {
  'librdkafka, snappy':
    'AAAAuAAAAAoAAAADAAJweQAA//8AAHUwAglzLnNuYXBweQIAAAAAkQEAAAAAAAAAAAAAAIQAAAAAAhkIl/IAAgAAAAIAAAGiHd2sRgAAAaId3axG//////////////////8AAAAD2AF8jAEAAAACMGh7ImlkIjogMCwgIm5vdGUiOiAiZ2lmdCBOBQBMc25hcHB5In0CCGtpbmQKb3JkZXIBSAgCAjERSAAx7kgACAQCMhFIADLeSAAAAAA=',
  'librdkafka, lz4':
    'AAAAxwAAAAoAAAADAAJweQAA//8AAHUwAgZzLmx6NAIAAAAAowEAAAAAAAAAAAAAAJYAAAAAAjUR9IUAAwAAAAIAAAGiHd2s7AAAAaId3azs//////////////////8AAAADBCJNGGBAglYAAAD/EYYBAAAAAjBieyJpZCI6IDAsICJub3RlIjogImdpZnQgBQAB8AJsejQifQIIa2luZApvcmRlckUANAICMUUAHzFFACY0BAIyRQAfMkUAHVBvcmRlcgAAAAAAAAA=',
  'librdkafka, gzip':
    'AAAAvgAAAAoAAAADAAJweQAA//8AAHUwAgdzLmd6aXACAAAAAJkBAAAAAAAAAAAAAACMAAAAAAKlNfWAAAEAAAACAAABoh3drjYAAAGiHd2uN///////////////////AAAAAx+LCAAAAAAAAAPrYGRgYGAySKlWykxRslIw0FFQyssvSQUyldIz00oUsBJVmQVKtUwc2Zl5KVz5RSmpRR1AU5iYDGGmGJJtChMLkxHMFCPyTAEAhgzyZdIAAAAAAAA=',
  'librdkafka, zstd':
    'AAAAuwAAAAoAAAADAAJweQAA//8AAHUwAgdzLnpzdGQCAAAAAJYBAAAAAAAAAAAAAACJAAAAAAJxO9yaAAQAAAACAAABoh3drw8AAAGiHd2vD///////////////////AAAAAyi1L/0AWH0CAOQDiAEAAAACMGR7ImlkIjogMCwgIm5vdGUiOiAiZ2lmdCB6c3RkIn0CCGtpbmQKb3JkZXKIAQAAAgIxMQQCMjIFAANHgHcO55aEdwB0IQMAAAA=',
  'Java, snappy':
    'AAAAwwAAAAoAAAAEAARqYXZhAAD//wAAdTACCXMuc25hcHB5AgAAAACaAQAAAAAAAAAAAAAAjf////8Cucmr0AACAAAAAgAAAaId3fGnAAABoh3d9WT//////////////////wAAAAOCU05BUFBZAAAAAAEAAAABAAAASK0BbHAAAAACMGJ7ImlkIjowLCJub3RlIjoiZ2lmdCBOBQA8c25hcHB5In0AcgDYDgICMQ06BDEsrjoAEPoOBAIyDToAMqo6AAAAAA==',
  'Java, lz4':
    'AAAAugAAAAoAAAAEAARqYXZhAAD//wAAdTACBnMubHo0AgAAAACUAQAAAAAAAAAAAAAAh/////8CPGWU0gADAAAAAgAAAaId3fiBAAABoh3d+Rb//////////////////wAAAAMEIk0YYECCRwAAAP8NagAAAAIwXHsiaWQiOjAsIm5vdGUiOiJnaWZ0IAUAAdNsejQifQBsAKoCAgIxNwAfMTcAGTMEAjI3AB8yNwAQUHo0In0AAAAAAAAAAA==',
};

it.each(Object.entries(PRODUCED))(
  'a batch shows its records, compressed or not: %s',
  (by, sent) => {
    const [call] = heard(new Map(), [Buffer.from(sent, 'base64'), zeros(0)]);
    const codec = by.split(', ')[1];
    const headers = by.startsWith('Java') ? {} : { headers: { kind: 'order' } };
    expect(call).toMatchObject({ method: 'PRODUCE', path: `s.${codec}` });
    const note = `${'gift '.repeat(5)}${codec}`;
    expect(JSON.parse(String(call?.requestBody)).records).toMatchObject(
      [0, 1, 2].map((id) => ({ key: `${id}`, value: { id, note }, ...headers })),
    );
  },
);

/** A batch of records without keys, compressed as its head says. */
function batchOf(count: number, value: string): Buffer {
  const fields = [0, 0, 0, 1, 2 * value.length].map((field) => Buffer.from([field]));
  const record = Buffer.concat([...fields, Buffer.from(value), NONE]);
  const records = Array.from({ length: count }, () => [Buffer.from([2 * record.length]), record]);
  const packed = gzipSync(Buffer.concat(records.flat()));
  const tail = Buffer.concat([zeros(34), int32(count), packed]);
  const rest = Buffer.concat([int32(0), Buffer.from([2]), int32(0), int16(1), tail]);
  return Buffer.concat([zeros(8), int32(rest.length), rest]);
}

it('records are as many as there are: by them it is told how often something is done for each', () => {
  const batch = batchOf(70, '{"id":1}');
  const parts = [int16(-1), int16(-1), int32(1000, 1), short('orders'), int32(1, 0)];
  const sent = framed(int16(0), int16(7), int32(1), short('app'), ...parts, int32(batch.length));
  sent.writeInt32BE(sent.length - 4 + batch.length, 0);
  const [call] = heard(new Map(), [Buffer.concat([sent, batch]), zeros(0)]);
  expect(JSON.parse(String(call?.requestBody)).records).toHaveLength(70);
});

/** What was heard first on a consumer's connection: kafkajs 2.2, and Kafka 3.7. */
const TALK = [
  'AAAAnAAAAAgAAAAAAAAAAAAAAAAAAQAGb3JkZXJzAAAAAwAAAAEAAAAAAAAAAAAKAAAAAAAAAAoAAAAAAAAAAAAAAAD/////AAAAAAAAAAIAAAAAAAAAAAARAAAAAAAAABEAAAAAAAAAAAAAAAD/////AAAAAAAAAAAAAAAAAAAAAAAWAAAAAAAAABYAAAAAAAAAAAAAAAD/////AAAAAA==',
  'AAAAkwABAAsAAAAJAAZsZWRnZXL/////AAAB9AAAAAEAoAAAAQAAAAD/////AAAAAQAGb3JkZXJzAAAAAwAAAAD/////AAAAAAAAABb//////////wAQAAAAAAAB/////wAAAAAAAAAK//////////8AEAAAAAAAAv////8AAAAAAAAAEf//////////ABAAAAAAAAAAAA==',
  'AAAAnAAAAAkAAAAAAAAAAAAAAAAAAQAGb3JkZXJzAAAAAwAAAAAAAAAAAAAAAAAWAAAAAAAAABYAAAAAAAAAAAAAAAD/////AAAAAAAAAAEAAAAAAAAAAAAKAAAAAAAAAAoAAAAAAAAAAAAAAAD/////AAAAAAAAAAIAAAAAAAAAAAARAAAAAAAAABEAAAAAAAAAAAAAAAD/////AAAAAA==',
].map((sent) => Buffer.from(sent, 'base64'));

it('an answer to what was asked before the capture began is no request', () => {
  const ends = [
    { ip: '10.0.0.2', port: 9092 },
    { ip: '10.0.0.1', port: 36_417 },
  ] as const;
  const told: string[] = [];
  const connections = new Connections(({ client, method, path, status }) =>
    told.push(`${client.ip} ${method} ${path} ${status}`),
  );
  const seen = [0, 0];
  for (const [now, payload] of TALK.entries()) {
    const from = now % 2;
    const [src, dst] = from === 0 ? ends : [ends[1], ends[0]];
    const flags = { syn: false, ack: true, fin: false, rst: false };
    const tcp = { ...flags, seq: seen[from] as number, length: payload.length };
    connections.add({ now, src, dst, tcp, payload });
    seen[from] = tcp.seq + payload.length;
  }
  connections.end();
  expect(told).toEqual(['10.0.0.1 FETCH orders 0']);
});

it('a batch that can not be read is unknown, and no change', () => {
  const broken = Buffer.from(PRODUCED['Java, lz4'], 'base64');
  broken[120] = 0xff;
  const [call] = heard(new Map(), [broken, zeros(0)]);
  expect(call?.requestBody).toMatchObject({ cut: true });
});

it('what a broker refuses has the code of its error', () => {
  const partition = Buffer.concat([int32(0), int16(29), zeros(24), few(0), NONE, NONE]);
  const [call] = heard(new Map(), [
    Buffer.from(PRODUCED['Java, lz4'], 'base64'),
    answers(4, few(1), compact('s.lz4'), few(1), partition, NONE, int32(0), NONE),
  ]);
  expect(call?.status).toBe(29);
});

const ORDERS = Buffer.alloc(16, 7);
const fetch = (id: number, session: number, epoch: number, ...lists: readonly Buffer[]) =>
  asks(1, 16, id, int32(500, 1, 1000), NONE, int32(session, epoch), ...lists, NONE, NONE);
const wanted = (partition: number) =>
  Buffer.concat([int32(partition, -1), zeros(12), zeros(8), int32(1000), NONE]);
const found = (id: number, ...topic: readonly Buffer[]) =>
  answers(id, int32(0), int16(0), int32(5), few(topic.length === 0 ? 0 : 1), ...topic, NONE);

/** What was produced, as the broker gives it: with an offset of its own. */
const SENT = Buffer.from(PRODUCED['Java, lz4'], 'base64');
const GIVEN = Buffer.concat([int32(0, 41), SENT.subarray(48, -3)]);
const FOUND = [
  ...[int32(0), int16(0), zeros(24), few(0), int32(-1)],
  ...[Buffer.from([0x94, 0x01]), GIVEN, NONE],
];

it('an id is of the topic that what is fetched was given to', () => {
  const memory: Memory = new Map();
  heard(memory, [SENT, zeros(0)]);
  const PAYMENTS = Buffer.alloc(16, 8);
  const payments = Buffer.concat([PAYMENTS, few(1), wanted(0), NONE]);
  const told = heard(
    memory,
    [fetch(1, 5, 7, few(0), few(0)), found(1)],
    [fetch(2, 5, 8, few(1), payments, few(0)), found(2, ORDERS, few(1), ...FOUND, NONE)],
    [fetch(3, 6, 9, few(1), ORDERS, few(1), wanted(0), NONE, few(0)), found(3)],
  );
  expect(told.map(({ path }) => path)).toEqual(['', '', 's.lz4', '', 's.lz4']);
  expect(JSON.parse(String(told[2]?.responseBody)).records).toHaveLength(3);
});

it('an id is of no known topic where the same was given to several', () => {
  const memory: Memory = new Map();
  const other = Buffer.from(SENT);
  other.write('t', other.indexOf('s.lz4'));
  heard(memory, [SENT, zeros(0)], [other, zeros(0)]);
  const [told] = heard(memory, [
    fetch(2, 5, 8, few(0), few(0)),
    found(2, ORDERS, few(1), ...FOUND, NONE),
  ]);
  expect(told?.path).toBe('');
});

it('a fetch is of the topics of its session, by the names of their ids', () => {
  const memory: Memory = new Map();
  const topic = Buffer.concat([
    ...[int16(0), compact('orders'), ORDERS, NONE, few(0), int32(0), NONE],
  ]);
  // The names are asked for on another connection.
  heard(memory, [
    asks(3, 12, 1, few(0), NONE, NONE, NONE),
    answers(1, int32(0), few(0), compact('cluster'), int32(1), few(1), topic, NONE),
  ]);
  const orders = Buffer.concat([ORDERS, few(2), wanted(0), wanted(1), NONE]);
  const told = heard(
    memory,
    [fetch(1, 0, 0, few(1), orders, few(0)), found(1)],
    [fetch(2, 5, 1, few(0), few(0)), found(2, ORDERS, few(1), ...FOUND, NONE)],
    [fetch(3, 5, 2, few(0), few(1), ORDERS, few(1), int32(0), NONE), found(3)],
    [fetch(4, 5, 3, few(0), few(1), ORDERS, few(1), int32(1), NONE), found(4)],
  );
  expect(told.map(({ path }) => path)).toEqual(['orders', 'orders', 'orders', '']);
  // That nothing came tells nothing of what comes.
  expect(told[0]?.responseBody).toMatchObject({ cut: true });
  expect(JSON.parse(String(told[1]?.responseBody)).records).toHaveLength(3);
});

it('a topic is fetched with all its partitions, also where others are told between them', () => {
  const batch = (topic: string, number: number, count: number) => {
    const records = batchOf(count, '{"id":1}');
    const head = [int32(number), int16(0), zeros(24), int32(0, -1, records.length)];
    return [short(topic), int32(1), ...head, records];
  };
  const wanted = (topic: string, ...partitions: readonly number[]) => [
    ...[short(topic), int32(partitions.length)],
    ...partitions.flatMap((one) => [int32(one, 0), zeros(16), int32(1000)]),
  ];
  const asked = [int32(-1, 500, 1, 1000), NONE, int32(0, -1, 2)];
  const told = heard(new Map(), [
    framed(
      ...[int16(1), int16(11), int32(1), short('app'), ...asked],
      ...[...wanted('orders', 0, 1), ...wanted('payments', 0), int32(0), short('')],
    ),
    framed(
      ...[int32(1, 0), int16(0), int32(0, 3)],
      ...[...batch('orders', 0, 2), ...batch('payments', 0, 3), ...batch('orders', 1, 4)],
    ),
  ]);
  const shown = told.map(({ path, responseBody }) => {
    const { records, partitions } = JSON.parse(String(responseBody));
    return [path, records.length, partitions];
  });
  expect(shown).toEqual([
    ['orders', 6, [{ records: 2 }, { records: 4 }]],
    ['payments', 3, [{ records: 3 }]],
  ]);
});
