import { http1 } from '../../../../src/sources/pcap/protocols/http1.ts';
import { conversationTarget, talk } from '../../material/talk.ts';

const GET = 'GET /orders/1?a=b HTTP/1.1\r\nHost: orders\r\n\r\n';
const POST = 'POST /orders HTTP/1.1\r\nHost: o\r\nContent-Length: 7\r\n\r\n{"a":1}';
const CHUNKED =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;x=y\r\nd\r\n0\r\nT: v\r\n\r\n';
const UPGRADE =
  'GET /feed HTTP/1.1\r\nHost: f\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';

/** HTTP/1, and WebSocket behind its handshake. */
export const target = conversationTarget(
  http1,
  [
    talk(GET, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}'),
    talk(GET + POST, `${CHUNKED}HTTP/1.1 204 No Content\r\n\r\n`),
    talk(
      `HEAD / HTTP/1.0\r\n\r\n`,
      'HTTP/1.0 404 No\r\nContent-Length: 9\r\n\r\n',
      GET,
      'HTTP/1.1 200 OK\r\n\r\nuntil',
    ),
    talk('CONNECT a:1 HTTP/1.1\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', 'opaque', 'bytes'),
    talk(
      POST,
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc',
    ),
    talk(
      UPGRADE,
      `${SWITCHED}\x81\x05hello`,
      '\x81\x83\x01\x02\x03\x04abc\x01\x01a\x80\x01b',
      '\xc2\x7e\x00\x03abc\x89\x00\x88\x00',
    ),
  ],
  ['\r\n', '\r\n\r\n', 'Content-Length: ', 'Transfer-Encoding: chunked', 'HTTP/1.1 ', '0\r\n\r\n'],
);
