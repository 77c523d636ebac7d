import { expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { amqp } from '../../../../src/sources/pcap/protocols/amqp.ts';

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 0xffff)]);
const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
const tag = (value: number) => Buffer.concat([int32(0), int32(value)]);
const bits = (value: number) => Buffer.from([value]);
const frame = (type: number, payload: Buffer, channel = 1) =>
  Buffer.concat([bits(type), int16(channel), int32(payload.length), payload, bits(0xce)]);
const method = (classId: number, methodId: number, ...rest: readonly Buffer[]) =>
  frame(1, Buffer.concat([int16(classId), int16(methodId), ...rest]));
const content = (...parts: readonly string[]) => {
  const size = parts.join('').length;
  const head = Buffer.concat([int16(60), int16(0), int32(0), int32(size), int16(0)]);
  return Buffer.concat([frame(2, head), ...parts.map((part) => frame(3, Buffer.from(part)))]);
};

const publish = (body: string) =>
  Buffer.concat([
    method(60, 40, int16(0), text('shop'), text('paid'), bits(0)),
    content(...(body.match(/.{1,4}/g) ?? [])),
  ]);
const deliver = (consumer: string, number: number) =>
  Buffer.concat([
    method(60, 60, text(consumer), tag(number), bits(0), text('shop'), text('paid')),
    content(`{"order":${number}}`),
  ]);
const consume = (flags: number) =>
  method(60, 20, int16(0), text('orders'), text(''), bits(flags), int32(0));
const consuming = (consumer: string) => method(60, 21, text(consumer));
const CONFIRM = method(85, 10, bits(0));
const CONFIRMING = method(85, 11);
const get = method(60, 70, int16(0), text('jobs'), bits(0));
const closed = (classId: number, code: number, reason: string, about: number, by: number) =>
  method(classId, classId === 10 ? 50 : 40, int16(code), text(reason), int16(about), int16(by));
const heartbeat = frame(8, Buffer.alloc(0), 0);

interface Heard {
  readonly told: readonly Exchange[];
  readonly orphans: number;
}
function heard(...sides: readonly (readonly ['asks' | 'says', Buffer])[]): Heard {
  const told: Exchange[] = [];
  let orphans = 0;
  const talk = amqp.open({
    call: (call) => told.push(call),
    orphan: () => {
      orphans++;
    },
    unnamed: () => undefined,
  });
  for (const [at, [side, bytes]] of sides.entries()) {
    if (side === 'asks') talk.request(bytes, at + 1);
    else talk.response(bytes, at + 1);
  }
  talk.close(99);
  return { told, orphans };
}
const brief = ({ method: name, path, status }: Exchange) => `${name} ${path} ${status}`;
const bodyOf = (body: Exchange['requestBody']) =>
  typeof body === 'string' ? body : body?.bytes().toString();

it('a message that is got is the answer to who asked for it', () => {
  const ok = method(60, 71, tag(1), bits(0), text(''), text('jobs'), int32(3));
  const { told, orphans } = heard(
    ['asks', get],
    ['says', Buffer.concat([ok, content('{"jo', 'b":7}')])],
    ['asks', Buffer.concat([get, heartbeat])],
    ['says', Buffer.concat([heartbeat, method(60, 72, text(''))])],
  );
  expect(told.map(brief)).toEqual(['BASIC.GET jobs 0', 'BASIC.GET jobs 0']);
  expect(told.map(({ responseBody }) => bodyOf(responseBody))).toEqual(['{"job":7}', undefined]);
  expect(told.map(({ start, end }) => [start, end])).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(orphans).toBe(0);
});

it('a consumer says how a delivery ended, one by one or all up to one', () => {
  const { told } = heard(
    ['asks', consume(0)],
    ['says', Buffer.concat([consuming('c'), ...[1, 2, 3, 4, 5, 6].map((n) => deliver('c', n))])],
    ['asks', method(60, 90, tag(3), bits(0))],
    ['asks', method(60, 90, tag(4), bits(1))],
    ['asks', method(60, 80, tag(2), bits(1))],
    ['asks', method(60, 120, tag(5), bits(2))],
  );
  const ends = told.slice(1).map((call) => `${bodyOf(call.requestBody)} ${call.status}`);
  expect(ends).toEqual([
    '{"order":3} refused',
    '{"order":4} requeued',
    '{"order":1} 0',
    '{"order":2} 0',
    '{"order":5} requeued',
    '{"order":6} 0',
  ]);
  expect(told.every(({ isPushed }, at) => isPushed === at > 0)).toBe(true);
});

it('of a consumer that says nothing deliveries are told as they come', () => {
  const { told } = heard(
    ['asks', consume(2)],
    ['says', Buffer.concat([consuming('c'), deliver('c', 1)])],
    ['asks', method(60, 90, tag(1), bits(0))],
  );
  expect(told.map(brief)).toEqual(['BASIC.CONSUME orders 0', 'BASIC.DELIVER shop/paid 0']);
});

it('a broker says which messages it took, where it was asked to', () => {
  const { told } = heard(
    ['asks', Buffer.concat([publish('{"n":0}'), CONFIRM])],
    ['says', CONFIRMING],
    ['asks', Buffer.concat([1, 2, 3, 4].map((n) => publish(`{"n":${n}}`)))],
    ['says', method(60, 120, tag(4), bits(0))],
    ['says', method(60, 80, tag(0), bits(1))],
  );
  expect(told.map((call) => `${bodyOf(call.requestBody)} ${call.status}`)).toEqual([
    '{"n":0} 0',
    '{"n":4} refused',
    '{"n":1} 0',
    '{"n":2} 0',
    '{"n":3} 0',
  ]);
  expect(told.map(({ end }) => end)).toEqual([1, 3, 3, 3, 3]);
});

it('a message that nobody is there for comes back with the reason', () => {
  const back = method(60, 50, int16(312), text('NO_ROUTE'), text('shop'), text('paid'));
  const { told } = heard(
    ['asks', publish('{"n":1}')],
    ['says', Buffer.concat([back, content('{"n":1}')])],
  );
  expect(told.map(brief)).toEqual(['BASIC.PUBLISH shop/paid 0', 'BASIC.RETURN shop/paid 312']);
});

it('a channel is closed for what was asked, or for what is not answered', () => {
  const declare = method(50, 10, int16(0), text('missing'), bits(1), int32(0));
  const { told } = heard(
    ['asks', declare],
    ['says', closed(20, 404, 'NOT_FOUND - no queue', 50, 10)],
    ['asks', publish('{"n":1}')],
    ['says', closed(20, 404, 'NOT_FOUND - no exchange', 60, 40)],
    ['says', closed(10, 320, 'CONNECTION_FORCED', 0, 0)],
    ['says', closed(10, 200, 'bye', 0, 0)],
  );
  expect(told.map(brief)).toEqual([
    'QUEUE.DECLARE missing 404',
    'BASIC.PUBLISH shop/paid 0',
    'CHANNEL.CLOSE BASIC.PUBLISH 404',
    'CONNECTION.CLOSE  320',
  ]);
});

it('a channel that is opened again counts its messages anew', () => {
  const { told } = heard(
    ['asks', CONFIRM],
    ['says', CONFIRMING],
    ['asks', Buffer.concat([publish('{"n":1}'), closed(20, 200, '', 0, 0), publish('{"n":2}')])],
    ['says', method(60, 120, tag(1), bits(0))],
  );
  expect(told.map(({ status }) => status)).toEqual([0, 0]);
});

it('of messages that nobody speaks of a bounded number is held', () => {
  const { told } = heard(
    ['says', Buffer.concat(Array.from({ length: 1_001 }, (_, n) => deliver('c', n + 1)))],
    ['asks', method(60, 120, tag(0), bits(1))],
  );
  expect(told.map(({ status }) => status)).toEqual([0, ...Array(1_000).fill('refused')]);
});
