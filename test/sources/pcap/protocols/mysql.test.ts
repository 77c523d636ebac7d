import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { mysql } from '../../../../src/sources/pcap/protocols/mysql.ts';

type Part = number | string | Buffer;
const bytes = (...parts: readonly Part[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string'
        ? Buffer.from(part)
        : typeof part === 'number'
          ? Buffer.from([part])
          : part,
    ),
  );
const uint32 = (value: number) => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value);
  return four;
};
const text = (value: string) => bytes(Buffer.byteLength(value), value);
/** Packets of one side, numbered from `first`. */
const packets = (first: number, ...payloads: readonly Buffer[]) =>
  Buffer.concat(
    payloads.flatMap((payload, at) => [bytes(payload.length, 0, 0, (first + at) & 255), payload]),
  );
const asks = (...payload: readonly Part[]) => packets(0, bytes(...payload));

const LONG = 3;
const VARCHAR = 253;
const DATETIME = 12;
const column = (name: string, type: number, more = Buffer.alloc(0)) =>
  bytes(
    ...[text('def'), text('shop'), text('o'), text('orders'), text(name), text(name), more],
    ...[12, 33, 0, uint32(80), type, 0, 0, 0, 0, 0],
  );
const described = (id: number, columns: number, parameters: number) =>
  bytes(0, uint32(id), columns, 0, parameters, 0, 0, 0, 0);
const EOF = bytes(0xfe, 0, 0, 2, 0);
const END = bytes(0xfe, 0, 0, 2, 0, 0, 0);
const OK = bytes(0, 0, 0, 2, 0, 0, 0);
const refused = (code: number) => bytes(0xff, code & 255, code >> 8, '#42S02', 'no such thing');
const PREPARE = 22;
const EXECUTE = 23;
const LAST = uint32(0xffffffff);
/** One number, with its type. */
const seven = bytes(0, uint32(1), 0, 1, LONG, 0, uint32(7));
const rowOf = (value: number, name: string) => bytes(0, 0, uint32(value), text(name));

function heard(...sides: readonly (readonly ['asks' | 'answers', Buffer])[]): Exchange[] {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const talk = mysql.open({ call: (call) => told.push(call), orphan: lost, unnamed: lost });
  talk.request(asks(14), 0);
  talk.response(packets(1, OK), 0);
  for (const [side, data] of sides) {
    if (side === 'asks') talk.request(data, 1);
    else talk.response(data, 2);
  }
  talk.close(3);
  return told;
}
const read = ({ method, status, requestBody, responseBody }: Exchange) => [
  method,
  status,
  JSON.parse(String(requestBody)),
  JSON.parse(String(responseBody)),
];

it('a statement shows what it was run with and what it found, as one of text does', () => {
  const query = 'SELECT id, note, at FROM orders WHERE id = ?';
  const columns = [column('id', LONG), column('note', VARCHAR), column('at', DATETIME)];
  const at = bytes(11, 0xea, 7, 11, 27, 16, 5, 9, uint32(250_000));
  const [binary, again] = heard(
    ['asks', asks(PREPARE, query)],
    ['answers', packets(1, described(4, 3, 1), column('?', VARCHAR), EOF, ...columns, EOF)],
    ['asks', asks(EXECUTE, uint32(4), seven)],
    ['answers', packets(1, bytes(3), ...columns, EOF, bytes(0, 8, uint32(7), at), EOF)],
    // Types that are known already are left out.
    ['asks', asks(EXECUTE, uint32(4), bytes(0, uint32(1), 0, 0, uint32(8)))],
    ['answers', packets(1, bytes(3), ...columns, EOF, EOF)],
  );
  expect(binary && read(binary)).toEqual([
    ...['SELECT', 0, { query, params: [7] }],
    { row_count: 1, rows: [{ id: 7, note: null, at: '2026-11-27 16:05:09.250000' }] },
  ]);
  expect(again && read(again)).toEqual([
    ...['SELECT', 0, { query, params: [8] }],
    { row_count: 0, rows: [] },
  ]);
});

it('MariaDB runs what it just prepared, asked at once, and repeats no columns', () => {
  const query = 'SELECT id, note FROM orders WHERE id = ?';
  const isJson = text('json');
  const columns = [column('id', LONG), column('note', VARCHAR, isJson)];
  const [first] = heard(
    ['asks', bytes(asks(PREPARE, query), asks(EXECUTE, LAST, seven))],
    ['answers', packets(1, described(9, 2, 1), column('?', VARCHAR), ...columns)],
    ['answers', packets(1, bytes(2, 0), rowOf(7, 'gift'), END)],
  );
  expect(first && read(first)).toEqual([
    ...['SELECT', 0, { query, params: [7] }],
    { row_count: 1, rows: [{ id: 7, note: 'gift' }] },
  ]);
});

it('what is prepared and run at once fails once', () => {
  const told = heard(
    ['asks', bytes(asks(PREPARE, 'SELECT id FROM gone'), asks(EXECUTE, LAST, seven))],
    ['answers', bytes(packets(1, refused(1146)), packets(1, refused(1243)))],
  );
  expect(told.map(({ method, status }) => `${method} ${status}`)).toEqual(['SELECT 1146']);
});

it('queries that are sent ahead are answered in order, results of several in one answer', () => {
  const two = bytes(0xfe, 0, 0, 10, 0);
  const told = heard(
    ['asks', bytes(asks(3, 'CALL report(1)'), asks(3, 'UPDATE orders SET note = 1'))],
    ['answers', packets(1, bytes(1), column('id', LONG), EOF, text('1'), two, bytes(1))],
    ['answers', bytes(packets(7, column('id', LONG), EOF, text('2'), two, OK))],
    ['answers', packets(1, bytes(0, 5, 0, 2, 0, 0, 0))],
  );
  expect(told.map((call) => read(call)[3])).toEqual([
    { row_count: 2, rows: [{ id: 1 }, { id: 2 }] },
    { row_count: 5, rows: [] },
  ]);
});

it('an answer that is none of what was asked is not taken for one', () => {
  expect(() => heard(['asks', asks(3, 'SELECT 1')], ['answers', packets(4, OK)])).toThrow(
    RangeError,
  );
});

describe.each([
  ['compressed with zlib', 0x20],
  ['compressed with zstd', 0x04000000],
])('what is %s', (_, flag) => {
  it('is told to be unreadable once its client is let in', () => {
    let opaque = 0;
    const told: Exchange[] = [];
    const talk = mysql.open({
      call: (call) => told.push(call),
      orphan: () => undefined,
      unnamed: () => undefined,
      opaque: () => {
        opaque++;
      },
    });
    talk.response(packets(0, bytes(10, '8.0.36\0', Buffer.alloc(40))), 1);
    talk.request(packets(1, bytes(uint32(flag), Buffer.alloc(60))), 2);
    expect(opaque).toBe(0);
    talk.response(packets(2, OK), 3);
    talk.request(bytes(9, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 3, 'SELECT 1'), 4);
    talk.close(5);
    expect({ opaque, told }).toEqual({ opaque: 1, told: [] });
  });
});

it('what is encrypted is told to be unreadable', () => {
  let opaque = 0;
  const nothing = () => undefined;
  const talk = mysql.open({
    ...{ call: nothing, orphan: nothing, unnamed: nothing },
    opaque: () => {
      opaque++;
    },
  });
  talk.response(packets(0, bytes(10, '8.0.36\0', Buffer.alloc(40))), 1);
  talk.request(packets(1, bytes(uint32(0x0800), Buffer.alloc(28))), 2);
  expect(opaque).toBe(1);
});
