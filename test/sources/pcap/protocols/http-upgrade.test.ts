import { expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { http1 } from '../../../../src/sources/pcap/protocols/http1.ts';

const frame = (type: number, flags: number, stream: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0, 0, payload.length, type, flags, 0, 0, 0, stream]), payload]);
/** Headers of the static table alone: `:method: GET`, `:scheme: http`, `:path: /`; `:status: 200`, `404`. */
const GET = frame(1, 5, 3, Buffer.from([0x82, 0x86, 0x84]));
const OK = frame(1, 5, 1, Buffer.from([0x88]));
const NOT_FOUND = frame(1, 5, 3, Buffer.from([0x8d]));
const SETTINGS = frame(4, 0, 0, Buffer.alloc(0));
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const HEAD = 'Host: shop\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';

it('what asks for HTTP/2 is answered over it, and calls go on there', () => {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const talk = http1.open({ call: (call) => told.push(call), orphan: lost, unnamed: lost });
  talk.request(Buffer.from(`GET /first HTTP/1.1\r\n${HEAD}`), 1);
  const switching = Buffer.from(`HTTP/1.1 101 Switching Protocols\r\n${HEAD}`);
  talk.response(Buffer.concat([switching, SETTINGS]), 2);
  talk.request(Buffer.concat([PREFACE, SETTINGS]), 3);
  talk.request(GET, 4);
  talk.response(Buffer.concat([OK, NOT_FOUND]), 5);
  talk.close(6);
  expect(
    told.map(({ method, path, status, start, end }) => [method, path, status, start, end]),
  ).toEqual([
    ['GET', '/first', '200', 1, 5],
    ['GET', '/', '404', 4, 5],
  ]);
  expect(told[0]?.requestHeaders).toContainEqual(['host', 'shop']);
});
