import { mongodb } from '../../../../src/sources/pcap/protocols/mongodb.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int32LE, type Piece } from '../../material/wire.ts';

function document(...fields: readonly Uint8Array[]): Buffer {
  const body = bytesOf(...fields);
  return bytesOf(int32LE(body.length + 5), body, [0]);
}

const text = (name: string, value: string) =>
  bytesOf([2], `${name}\0`, int32LE(value.length + 1), `${value}\0`);
const inner = (type: number, name: string, value: Uint8Array) =>
  bytesOf([type], `${name}\0`, value);

function message(id: number, answers: number, opcode: number, ...body: readonly Piece[]): Buffer {
  const bytes = bytesOf(...body);
  return bytesOf(int32LE(16 + bytes.length), int32LE(id), int32LE(answers), int32LE(opcode), bytes);
}

const msg = (id: number, answers: number, one: Uint8Array) =>
  message(id, answers, 2013, int32LE(0), [0], one);
const ALL = document(
  inner(1, 'd', Buffer.alloc(8, 0x40)),
  inner(3, 'o', document(text('__proto__', 'x'))),
  inner(4, 'a', document(text('0', 'y'))),
  inner(5, 'b', bytesOf(int32LE(2), [0], 'ab')),
  inner(7, 'i', Buffer.alloc(12, 7)),
  bytesOf(
    [8],
    't\0',
    [1],
    [9],
    'w\0',
    Buffer.alloc(8),
    [10],
    'n\0',
    [16],
    'k\0',
    int32LE(5),
    [18],
    'l\0',
    Buffer.alloc(8, 1),
    [11],
    'r\0a\0i\0',
  ),
);

/** MongoDB: OP_MSG with its sections, and the messages of old. */
export const target = conversationTarget(mongodb, [
  talk(
    bytesOf(msg(1, 0, document(text('find', 'orders'), text('$db', 'shop')))),
    msg(9, 1, document(inner(1, 'ok', Buffer.alloc(8)))),
  ),
  talk(msg(2, 0, document(text('insert', 'audit'), inner(3, 'documents', ALL))), msg(10, 2, ALL)),
  talk(
    message(
      3,
      0,
      2013,
      int32LE(0),
      [0],
      document(text('insert', 'a'), text('$db', 'd')),
      [1],
      int32LE(4 + 10 + ALL.length),
      'documents\0',
      ALL,
    ),
    msg(11, 3, document(text('errmsg', 'no'), inner(16, 'code', int32LE(11000)))),
  ),
  talk(
    message(
      4,
      0,
      2004,
      int32LE(0),
      'admin.$cmd\0',
      int32LE(0),
      int32LE(1),
      document(text('hello', '1')),
    ),
    message(12, 4, 1, int32LE(0), Buffer.alloc(8), int32LE(0), int32LE(1), ALL),
  ),
]);
