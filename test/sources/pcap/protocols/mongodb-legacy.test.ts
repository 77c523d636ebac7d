import { expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { mongodb } from '../../../../src/sources/pcap/protocols/mongodb.ts';

const int32 = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeInt32LE(value, 4 * at);
  return bytes;
};
/** A document of one number. */
const document = (name: string, value: number) => {
  const field = Buffer.concat([Buffer.from(`\x10${name}\0`), int32(value)]);
  return Buffer.concat([int32(field.length + 5), field, Buffer.from([0])]);
};
const message = (id: number, answers: number, code: number, ...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(16 + body.length, id, answers, code), body]);
};
const query = (id: number, answers: number, collection: string, filter: Buffer) =>
  message(id, answers, 2004, int32(0), Buffer.from(`${collection}\0`), int32(0, 5), filter);
const reply = (answers: number, flags: number, ...found: readonly Buffer[]) =>
  message(90, answers, 1, int32(flags, 0, 0, 0, found.length), ...found);
const named = (code: number, collection: string, ...parts: readonly Buffer[]) =>
  message(50, 0, code, int32(0), Buffer.from(`${collection}\0`), ...parts);

function heard(asked: readonly Buffer[], answered: readonly Buffer[] = []): Exchange[] {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const talk = mongodb.open({ call: (call) => told.push(call), orphan: lost, unnamed: lost });
  talk.request(Buffer.concat(asked), 1);
  talk.response(Buffer.concat(answered), 2);
  talk.close(3);
  return told;
}
const plain = ({ method, path, status }: Exchange) => [method, path, status];

it('a query is a find of its collection, whatever was found, also nothing', () => {
  const asked = [
    query(1, 0, 'shop.orders.paid', document('id', 7)),
    query(2, 0, 'shop.orders', document('id', 8)),
  ];
  const [empty, one] = heard(asked, [reply(1, 0), reply(2, 0, document('ok', 0))]);
  expect(empty && plain(empty)).toEqual(['FIND', 'orders.paid', 0]);
  expect(one && plain(one)).toEqual(['FIND', 'orders', 0]);
  expect(JSON.parse(String(one?.requestBody))).toEqual({ find: 'orders', filter: { id: 8 } });
  expect(JSON.parse(String(one?.responseBody))).toEqual({ documents: [{ ok: 0 }] });
});

it('a command is what it is, with the status of its answer', () => {
  const asked = [
    query(1, 0, 'shop.$cmd', document('drop', 1)),
    query(2, 0, 'shop.$cmd', document('ping', 1)),
  ];
  const answers = [reply(1, 0, document('ok', 0)), reply(2, 0, document('ok', 1))];
  expect(heard(asked, answers).map(plain)).toEqual([
    ['DROP', '', 1],
    ['PING', '', 0],
  ]);
});

it('a query that failed has the code of its error', () => {
  const [failed] = heard(
    [query(1, 0, 'shop.orders', document('id', 7))],
    [reply(1, 2, document('code', 13))],
  );
  expect(failed?.status).toBe(13);
});

it('writes and cursors that are let go have no answer; a cursor that is read on has one', () => {
  const asked = [
    named(2002, 'shop.orders', document('id', 1), document('id', 2)),
    named(2001, 'shop.orders', int32(0), document('id', 1), document('id', 3)),
    named(2006, 'shop.orders', int32(0), document('id', 3)),
    message(51, 0, 2007, int32(0, 1, 9, 9)),
    message(52, 0, 2005, int32(0), Buffer.from('shop.orders\0'), int32(10, 9, 9)),
  ];
  const told = heard(asked, [reply(52, 0, document('id', 1))]);
  expect(told.map(plain)).toEqual([
    ['INSERT', 'orders', undefined],
    ['UPDATE', 'orders', undefined],
    ['DELETE', 'orders', undefined],
    ['KILLCURSORS', '', undefined],
    ['GETMORE', 'orders', 0],
  ]);
  expect(JSON.parse(String(told[0]?.requestBody)).documents).toEqual([{ id: 1 }, { id: 2 }]);
});

it('a request is told by its form where it claims to answer something', () => {
  expect(mongodb.recognise(query(1, -1, 'shop.orders', document('id', 7)), false)).toBe('client');
  expect(mongodb.recognise(reply(0, 0), false)).toBe('server');
});

it.each([2001, 2002, 2004, 2005, 2006])('%i without the end of a name is no message', (code) => {
  expect(() => heard([message(1, 0, code, int32(1), Buffer.from('shop'))])).toThrow(RangeError);
});

it('answers that a server sends on by itself are none that nobody asked for', () => {
  const news = (id: number, answers: number, flags: number) =>
    Buffer.concat([
      int32(16 + 5 + document('ok', 1).length, id, answers, 2013, flags),
      Buffer.from([0]),
      document('ok', 1),
    ]);
  const told = heard([news(1, 0, 1 << 16)], [news(70, 1, 2), news(71, 70, 2), news(72, 71, 0)]);
  expect(told.map(plain)).toEqual([['OK', '', 0]]);
  expect(() => heard([news(1, 0, 0)], [news(70, 1, 0), news(71, 70, 0)])).toThrow('lost');
});
