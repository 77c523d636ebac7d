import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionProtocol } from '../../../../src/sources/pcap/conversation.ts';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { amqp } from '../../../../src/sources/pcap/protocols/amqp.ts';
import { kafka } from '../../../../src/sources/pcap/protocols/kafka.ts';
import { mongodb } from '../../../../src/sources/pcap/protocols/mongodb.ts';

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text16 = (text: string) => Buffer.concat([int16(text.length), Buffer.from(text)]);
const text8 = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);

/** Kafka: Produce, version 3. */
const produce = (correlation: number, topic: string) => {
  const partition = Buffer.concat([int32(0), int32(3), Buffer.from('abc')]);
  const body = Buffer.concat([
    ...[int16(0), int16(3), int32(correlation), text16('client')],
    ...[int16(-1), int16(1), int32(1000), int32(1), text16(topic), int32(1), partition],
  ]);
  return Buffer.concat([int32(body.length), body]);
};
const produced = (correlation: number) => Buffer.concat([int32(8), int32(correlation), int32(0)]);

/** MongoDB: a document with text alone, and OP_MSG around it. */
const bson = (entries: Readonly<Record<string, string>>) => {
  const fields = Object.entries(entries).flatMap(([name, value]) => {
    const size = Buffer.alloc(4);
    size.writeInt32LE(value.length + 1);
    return [Buffer.from([2]), Buffer.from(`${name}\0`), size, Buffer.from(`${value}\0`)];
  });
  const size = Buffer.alloc(4);
  const body = Buffer.concat(fields);
  size.writeInt32LE(body.length + 5);
  return Buffer.concat([size, body, Buffer.from([0])]);
};
const message = (id: number, answers: number, document: Buffer) => {
  const head = Buffer.alloc(21);
  for (const [at, value] of [head.length + document.length, id, answers, 2013].entries()) {
    head.writeInt32LE(value, 4 * at);
  }
  return Buffer.concat([head, document]);
};

/** AMQP: frames of channel 1. */
const frame = (type: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([type, 0, 1]), int32(payload.length), payload, Buffer.from([0xce])]);
const method = (classId: number, methodId: number, ...rest: readonly Buffer[]) =>
  frame(1, Buffer.concat([int16(classId), int16(methodId), ...rest]));
const content = [
  frame(2, Buffer.concat([int16(60), int16(0), int32(0), int32(11), int16(0)])),
  frame(3, Buffer.from('{"order":1}')),
];
const published = [
  method(60, 40, int16(0), text8('shop'), text8('order.paid'), Buffer.from([0])),
  ...content,
];
const delivered = [
  method(
    ...([60, 60, text8('tag'), Buffer.alloc(8), Buffer.from([0])] as const),
    ...[text8('shop'), text8('order.paid')],
  ),
  ...content,
];

interface Talk {
  readonly protocol: ConnectionProtocol;
  readonly asked: Buffer;
  readonly answered: Buffer;
  readonly calls: readonly string[];
}

const TALKS: Readonly<Record<string, Talk>> = {
  kafka: {
    protocol: kafka,
    asked: Buffer.concat([produce(7, 'orders'), produce(8, 'audit')]),
    answered: Buffer.concat([produced(8), produced(7)]),
    calls: ['PRODUCE audit 0', 'PRODUCE orders 0'],
  },
  mongodb: {
    protocol: mongodb,
    asked: Buffer.concat([
      message(1, 0, bson({ find: 'orders', $db: 'shop' })),
      message(2, 0, bson({ insert: 'audit', $db: 'shop' })),
    ]),
    answered: Buffer.concat([message(9, 2, bson({ a: 'b' })), message(10, 1, bson({ a: 'b' }))]),
    calls: ['INSERT audit 0', 'FIND orders 0'],
  },
  amqp: {
    protocol: amqp,
    asked: Buffer.concat([
      Buffer.from('AMQP\0\0\x09\x01', 'latin1'),
      method(50, 10, int16(0), text8('orders'), Buffer.from([0]), int32(0)),
      ...published,
    ]),
    answered: Buffer.concat([method(50, 11, text8('orders'), int32(0), int32(0)), ...delivered]),
    calls: [
      'BASIC.PUBLISH shop/order.paid 0',
      'QUEUE.DECLARE orders 0',
      'BASIC.DELIVER shop/order.paid 0, to the client',
    ],
  },
};

it('bytes that are all but zero are of Kafka on its port alone', () => {
  const zeros = Buffer.alloc(40);
  zeros.writeInt32BE(36);
  expect(kafka.recognise(zeros, false)).toBeUndefined();
  expect(kafka.recognise(zeros, true)).toBe('client');
});

describe.each(Object.entries(TALKS))('%s', (_, { protocol, asked, answered, calls }) => {
  const read = (cuts: readonly number[]) => {
    const told: Exchange[] = [];
    const lost = () => {
      throw new Error('lost');
    };
    const listener = { call: (call: Exchange) => told.push(call), orphan: lost, unnamed: lost };
    const conversation = protocol.open(listener);
    const parts = (bytes: Buffer) => {
      const ends = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort(
        (a, b) => a - b,
      );
      return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
    };
    // The first bytes must tell whose they are, so the preface is not cut.
    const [first, ...more] = [asked.subarray(0, 8), ...parts(asked.subarray(8))];
    for (const part of [first as Buffer, ...more]) conversation.request(part, 1);
    for (const part of parts(answered)) conversation.response(part, 2);
    conversation.close(3);
    return told.map(
      ({ method: name, path, status, isPushed }) =>
        `${name} ${path} ${status}${isPushed ? ', to the client' : ''}`,
    );
  };

  it('is recognised by what the client says', () => {
    expect(protocol.recognise(asked, false)).toBe('client');
  });

  it('gives the same calls however its bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 30 }), (cuts) => {
        expect(read(cuts)).toEqual(calls);
      }),
    );
  });

  it('never fails but with a RangeError on other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(asked.length), (noise, at) => {
        const conversation = protocol.open({
          call: () => undefined,
          orphan: () => undefined,
          unnamed: () => undefined,
        });
        try {
          conversation.request(Buffer.concat([asked.subarray(0, at), noise]), 1);
          conversation.response(Buffer.from(noise), 2);
          conversation.close(3);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
