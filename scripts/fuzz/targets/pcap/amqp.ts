import { amqp } from '../../../../src/sources/pcap/protocols/amqp.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int16, int32, type Piece, text8 } from '../../material/wire.ts';

const frame = (type: number, ...parts: readonly Piece[]) => {
  const payload = bytesOf(...parts);
  return bytesOf([type, 0, 1], int32(payload.length), payload, [0xce]);
};
const method = (classId: number, methodId: number, ...rest: readonly Piece[]) =>
  frame(1, int16(classId), int16(methodId), ...rest);
const content = (body: string) =>
  bytesOf(frame(2, int16(60), int16(0), int32(0), int32(body.length), int16(0)), frame(3, body));
const PUBLISH = method(60, 40, int16(0), text8('shop'), text8('order.paid'), [0]);
const DELIVER = method(
  60,
  60,
  text8('tag'),
  int32(0),
  int32(1),
  [0],
  text8('shop'),
  text8('order.paid'),
);
const START = bytesOf('AMQP\0\0\x09\x01');

/** AMQP 0-9-1. */
export const target = conversationTarget(amqp, [
  talk(
    bytesOf(
      START,
      method(50, 10, int16(0), text8('orders'), [0], int32(0)),
      PUBLISH,
      content('{"order":1}'),
    ),
    method(50, 11, text8('orders'), int32(0), int32(0)),
  ),
  talk(
    method(60, 20, int16(0), text8('orders'), text8('tag'), [0], int32(0)),
    bytesOf(method(60, 21, text8('tag')), DELIVER, content('abc')),
  ),
  talk(
    method(60, 70, int16(0), text8('orders'), [0]),
    bytesOf(method(60, 72, text8('')), frame(8)),
  ),
  talk(
    START,
    bytesOf(
      method(10, 10, [0, 9], int32(0)),
      method(10, 50, int16(320), text8('CONNECTION_FORCED'), int32(0)),
    ),
  ),
]);
