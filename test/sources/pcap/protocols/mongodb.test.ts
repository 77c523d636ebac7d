import { constants, deflateSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Content, Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { mongodb } from '../../../../src/sources/pcap/protocols/mongodb.ts';

const int32 = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeInt32LE(value, 4 * at);
  return bytes;
};
type Value = number | string | bigint | Fields | readonly Fields[];
interface Fields {
  readonly [name: string]: Value;
}
const field = (name: string, value: Value): Buffer => {
  const typed = (type: number, ...parts: readonly Buffer[]) =>
    Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), ...parts]);
  if (typeof value === 'number') return typed(0x10, int32(value));
  if (typeof value === 'bigint') return typed(0x12, int32(Number(value), 0));
  if (typeof value === 'string')
    return typed(0x02, int32(value.length + 1), Buffer.from(`${value}\0`));
  if (!Array.isArray(value)) return typed(0x03, bson(value as Fields));
  return typed(0x04, bson(Object.fromEntries(value.map((each, at) => [String(at), each]))));
};
const bson = (fields: Fields): Buffer => {
  const body = Buffer.concat(Object.entries(fields).map(([name, value]) => field(name, value)));
  return Buffer.concat([int32(body.length + 5), body, Buffer.from([0])]);
};
const body = (document: Fields) => Buffer.concat([int32(0), Buffer.from([0]), bson(document)]);
const message = (id: number, answers: number, code: number, said: Buffer) =>
  Buffer.concat([int32(16 + said.length, id, answers, code), said]);
const plain = (id: number, answers: number, document: Fields) =>
  message(id, answers, 2013, body(document));
const sequence = (name: string, documents: readonly Fields[]) => {
  const all = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map(bson)]);
  return Buffer.concat([Buffer.from([1]), int32(all.length + 4), all]);
};
const many = (count: number) => Array.from({ length: count }, (_, id) => ({ id, total: 2 * id }));

function heard(asked: Buffer, answered: Buffer): Exchange {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const talk = mongodb.open({ call: (call) => told.push(call), orphan: lost, unnamed: lost });
  talk.request(asked, 1);
  talk.response(answered, 2);
  expect(told).toHaveLength(1);
  return told[0] as Exchange;
}
const said = ({ method, path, status }: Exchange) => [method, path, status];
const json = (content: Content) => {
  if (typeof content !== 'string') throw new Error('not whole');
  return JSON.parse(content);
};
const cutText = (content: Content) => {
  if (typeof content === 'string' || !content?.cut) throw new Error('not cut');
  return content.bytes().toString();
};

/** Snappy without copies: literals alone. */
const snappy = (bytes: Buffer) => {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 60_000) {
    const part = bytes.subarray(at, at + 60_000);
    parts.push(Buffer.from([61 << 2, (part.length - 1) & 255, (part.length - 1) >> 8]), part);
  }
  const size: number[] = [];
  for (let left = bytes.length; ; left = Math.floor(left / 128)) {
    size.push((left % 128) | (left >= 128 ? 128 : 0));
    if (left < 128) break;
  }
  return Buffer.concat([Buffer.from(size), ...parts]);
};
const COMPRESSORS: readonly (readonly [string, number, (bytes: Buffer) => Buffer])[] = [
  ['noop', 0, (bytes) => bytes],
  ['snappy', 1, snappy],
  ['zlib', 2, (bytes) => deflateSync(bytes)],
  ['zstd', 3, (bytes) => zstdCompressSync(bytes)],
];

describe.each(COMPRESSORS)('messages compressed with %s', (_, compressor, compress) => {
  const compressed = (id: number, answers: number, document: Fields) => {
    const whole = body(document);
    const head = Buffer.concat([int32(2013, whole.length), Buffer.from([compressor])]);
    return message(id, answers, 2012, Buffer.concat([head, compress(whole)]));
  };

  it('are read like others', () => {
    const call = heard(
      compressed(1, 0, { find: 'orders', filter: { id: 7 } }),
      compressed(9, 1, { cursor: { firstBatch: many(2) }, ok: 1 }),
    );
    expect(said(call)).toEqual(['FIND', 'orders', 0]);
    expect(json(call.requestBody)).toEqual({ find: 'orders', filter: { id: 7 } });
    expect(json(call.responseBody)).toEqual({ cursor: { firstBatch: many(2) }, ok: 1 });
  });

  it('that are larger than what is kept are known by their beginning', () => {
    const call = heard(
      compressed(1, 0, { insert: 'files', text: 'z'.repeat(3_000_000), last: 1 }),
      compressed(9, 1, { ok: 0, code: 17, text: 'z'.repeat(3_000_000) }),
    );
    expect(said(call)).toEqual(['INSERT', 'files', 17]);
    expect(cutText(call.requestBody)).toContain('"insert":"files"');
    expect(cutText(call.responseBody)).toContain('"code":17');
  });
});

it('what is compressed in no known way is no message', () => {
  const as = (compressor: number, bytes: Buffer) =>
    message(1, 0, 2012, Buffer.concat([int32(2013, 40), Buffer.from([compressor]), bytes]));
  expect(() => heard(as(9, Buffer.alloc(8)), Buffer.alloc(0))).toThrow(RangeError);
  expect(() => heard(as(2, Buffer.alloc(8, 7)), Buffer.alloc(0))).toThrow(RangeError);
  const flushed = { finishFlush: constants.Z_SYNC_FLUSH };
  const none = as(2, deflateSync(Buffer.alloc(0), flushed));
  expect(() => heard(none, Buffer.alloc(0))).toThrow(RangeError);
});

it('of a message that is larger than what is kept the beginning is read', () => {
  const documents = Array.from({ length: 3 }, (_, id) => ({ id, text: 'z'.repeat(600_000) }));
  const asked = Buffer.concat([int32(0), Buffer.from([0]), bson({ insert: 'files' })]);
  const call = heard(
    message(1, 0, 2013, Buffer.concat([asked, sequence('documents', documents)])),
    plain(9, 1, { cursor: { firstBatch: documents }, ok: 1 }),
  );
  expect(said(call)).toEqual(['INSERT', 'files', 0]);
  expect(cutText(call.requestBody)).toContain('{"insert":"files","documents":[{"id":0,');
  expect(cutText(call.responseBody)).toContain('{"cursor":{"firstBatch":[{"id":0,');
});

it('of many documents those that are read are whole, and so is what stands behind them', () => {
  const found = { cursor: { firstBatch: many(9_000), id: 0, ns: 'shop.orders' }, ok: 1 };
  const call = heard(plain(1, 0, { find: 'orders' }), plain(9, 1, found));
  expect(json(call.responseBody)).toEqual({
    cursor: { firstBatch: many(20), id: 0, ns: 'shop.orders' },
    ok: 1,
  });
});

it('an array without an end in sight is cut', () => {
  const numbers = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [String(at), at]));
  const call = heard(plain(1, 0, { find: 'orders' }), plain(9, 1, { numbers, ok: 1 }));
  expect(cutText(call.responseBody)).toContain('"9000":9000');
});

it('a command is what its document says, wherever its sequences stand', () => {
  const documents = sequence('documents', many(1));
  const command = Buffer.concat([Buffer.from([0]), bson({ insert: 'orders' })]);
  const asked = message(1, 0, 2013, Buffer.concat([int32(0), documents, command]));
  const call = heard(asked, plain(9, 1, { ok: 1 }));
  expect(said(call)).toEqual(['INSERT', 'orders', 0]);
});

it('a cursor that is read on is of its collection', () => {
  const call = heard(plain(1, 0, { getMore: 77n, collection: 'orders' }), plain(9, 1, { ok: 1 }));
  expect(said(call)).toEqual(['GETMORE', 'orders', 0]);
});

it('a write that was not acknowledged as asked has failed', () => {
  const call = heard(
    plain(1, 0, { insert: 'orders' }),
    plain(9, 1, { n: 1, writeConcernError: { code: 64 }, ok: 1 }),
  );
  expect(said(call)).toEqual(['INSERT', 'orders', 64]);
});
