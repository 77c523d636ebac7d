import { http2 } from '../../../../src/sources/pcap/protocols/http2.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int32, text8 } from '../../material/wire.ts';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

function frame(type: number, flags: number, stream: number, payload: string | Uint8Array): Buffer {
  const bytes = bytesOf(payload);
  return bytesOf([0, bytes.length >> 8, bytes.length & 255, type, flags], int32(stream), bytes);
}

/** A literal header that goes into the table, and the same without its name, which stands at `index`. */
const literal = (name: string, value: string) => bytesOf([0x40], text8(name), text8(value));
const named = (index: number, value: string) => bytesOf([0x40 | index], text8(value));

const ASKED = bytesOf(
  [0x83, 0x86],
  named(4, '/shop.Cart/Add'),
  named(1, 'cart'),
  literal('content-type', 'application/grpc'),
);
const ANSWERED = bytesOf([0x88], literal('content-type', 'application/grpc'));
const MESSAGE = bytesOf([0, 0, 0, 0, 2, 8, 1]);

/** HTTP/2 and gRPC, with their compressed headers. */
export const target = conversationTarget(
  http2,
  [
    talk(
      bytesOf(PREFACE, frame(4, 0, 0, ''), frame(1, 4, 1, ASKED), frame(0, 1, 1, MESSAGE)),
      bytesOf(
        frame(4, 1, 0, ''),
        frame(1, 4, 1, ANSWERED),
        frame(0, 0, 1, MESSAGE),
        frame(1, 5, 1, literal('grpc-status', '0')),
      ),
    ),
    talk(
      bytesOf(
        frame(1, 5, 3, bytesOf([0x82, 0x84, 0x86])),
        frame(1, 0x20, 5, bytesOf(int32(0), [16, 0x82])),
        frame(9, 4, 5, bytesOf([0x84])),
      ),
      bytesOf(
        frame(1, 4, 3, bytesOf([0x88])),
        frame(0, 9, 3, bytesOf([1], 'ok', [0])),
        frame(3, 0, 5, int32(8)),
      ),
    ),
    talk(
      bytesOf(
        PREFACE,
        frame(
          1,
          5,
          1,
          bytesOf(
            [0x82, 0x3f, 0xe1, 0x1f, 0xbe],
            [0x41, 0x8c, 0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4, 0xff],
          ),
        ),
      ),
      bytesOf(
        frame(5, 4, 1, bytesOf(int32(2), [0x82, 0x84])),
        frame(1, 4, 1, named(8, '103')),
        frame(1, 5, 1, bytesOf([0x8d])),
      ),
    ),
  ],
  [PREFACE, ':status', ':path', ':method', 'grpc-status'],
);
