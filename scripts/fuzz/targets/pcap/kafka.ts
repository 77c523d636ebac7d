import { kafka } from '../../../../src/sources/pcap/protocols/kafka.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int16, int32, type Piece, text16 } from '../../material/wire.ts';

function framed(...parts: readonly Piece[]): Buffer {
  const body = bytesOf(...parts);
  return bytesOf(int32(body.length), body);
}

const request = (key: number, version: number, id: number, ...body: readonly Piece[]) =>
  framed(int16(key), int16(version), int32(id), text16('client'), ...body);
const PRODUCE = bytesOf(
  int16(-1),
  int16(1),
  int32(1000),
  int32(2),
  text16('orders'),
  int32(1),
  int32(0),
  int32(3),
  'abc',
  text16('audit'),
  int32(0),
);
const FETCH = bytesOf(
  int32(-1),
  int32(500),
  int32(1),
  int32(1),
  text16('orders'),
  int32(1),
  int32(0),
  Buffer.alloc(8),
  int32(1024),
);

/** Kafka, old and flexible versions. */
export const target = conversationTarget(kafka, [
  talk(request(0, 3, 7, PRODUCE), framed(int32(7), int32(0))),
  talk(
    bytesOf(request(1, 2, 8, FETCH), request(18, 0, 9)),
    bytesOf(framed(int32(9), int16(0)), framed(int32(8), int32(0))),
  ),
  talk(request(0, 3, 1, int16(-1), int16(0), PRODUCE.subarray(4)), ''),
  talk(
    request(3, 9, 2, [0, 2], Buffer.alloc(16, 1), [7], 'orders', [0, 1, 0, 0, 0]),
    framed(int32(2), int32(0)),
  ),
  talk(
    request(
      0,
      9,
      3,
      [0, 0],
      int16(1),
      int32(1000),
      [2, 7],
      'orders',
      [2],
      int32(0),
      [4],
      'abc',
      [0, 0, 0],
    ),
    framed(int32(3)),
  ),
  talk(
    request(
      1,
      12,
      4,
      [0],
      int32(-1),
      int32(500),
      int32(1),
      int32(99),
      [0],
      int32(0),
      int32(-1),
      [2, 7],
      'orders',
      [1, 0, 1, 1, 0],
    ),
    framed(int32(4)),
  ),
]);
