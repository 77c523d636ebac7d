import { mysql } from '../../../../src/sources/pcap/protocols/mysql.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int32LE, type Piece, text8 } from '../../material/wire.ts';

function packet(sequence: number, ...parts: readonly Piece[]): Buffer {
  const body = bytesOf(...parts);
  return bytesOf([body.length & 255, body.length >> 8, 0, sequence], body);
}

const column = (name: string, type: number) =>
  bytesOf(
    text8('def'),
    text8('d'),
    text8('t'),
    text8('t'),
    text8(name),
    text8(name),
    [12, 33, 0],
    int32LE(255),
    [type, 0, 0, 0, 0, 0],
  );
const EOF = [0xfe, 0, 0, 2, 0];
const OK = [0, 1, 0, 2, 0, 0, 0];
const GREETING = packet(0, [10], '8.0.36\0', int32LE(7), 'saltsalt\0', [255, 255, 8, 2, 0]);

/** MySQL: login, queries in text, prepared statements. */
export const target = conversationTarget(
  mysql,
  [
    talk(
      '',
      GREETING,
      packet(1, int32LE(1), int32LE(0), 'root\0'),
      packet(2, OK),
      packet(0, [3], 'select 1'),
      bytesOf(
        packet(1, [1]),
        packet(2, column('id', 3)),
        packet(3, EOF),
        packet(4, text8('7')),
        packet(5, EOF),
      ),
    ),
    talk(
      packet(0, [22], 'insert into t values (?)'),
      bytesOf(
        packet(1, [0], int32LE(1), [0, 0, 1, 0, 0, 0, 0]),
        packet(2, column('?', 253)),
        packet(3, EOF),
      ),
      packet(0, [23], int32LE(1), [0, 1, 0, 0, 0]),
      packet(1, OK),
    ),
    talk(
      packet(0, [3, 0, 1], 'select a, b'),
      bytesOf(
        packet(1, [2]),
        packet(2, column('a', 245)),
        packet(3, column('__proto__', 253)),
        packet(4, text8('{"x":1}'), [0xfb]),
        packet(5, EOF),
      ),
    ),
    talk(
      packet(0, [3], 'bad'),
      packet(1, [0xff, 0x28, 4], '#42000no'),
      packet(0, [2], 'shop'),
      packet(1, OK),
      packet(0, [4], 't\0'),
      bytesOf(packet(1, column('c', 3)), packet(2, EOF)),
      packet(0, [14]),
      packet(1, OK),
      packet(0, [1]),
    ),
  ],
  ['#42000', 'select '],
);
