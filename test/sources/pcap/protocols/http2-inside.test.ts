import { expect, it } from 'vitest';
import { http2 } from '../../../../src/sources/pcap/protocols/http2.ts';

const frame = (type: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0, 0, payload.length, type, 4, 0, 0, 0, 1]), payload]);
/** Headers of the static table alone: `:method: GET`, `:path: /`; `:status: 200`. */
const ASKED = frame(1, Buffer.from([0x82, 0x84]));
const ANSWERED = frame(1, Buffer.from([0x88]));
const DATA = frame(0, Buffer.alloc(50));

it('a connection is taken up at whole headers, also where the frame behind them is cut', () => {
  for (const [headers, side] of [
    [ASKED, 'client'],
    [ANSWERED, 'server'],
  ] as const) {
    for (const length of [0, 5, 9, 30, DATA.length]) {
      const bytes = Buffer.concat([headers, DATA.subarray(0, length)]);
      expect(http2.recognise(bytes, false)).toBe(side);
    }
  }
});

it('and at nothing else', () => {
  expect(http2.recognise(ASKED.subarray(0, -1), false)).toBeUndefined();
  expect(http2.recognise(DATA, false)).toBeUndefined();
  const unknown = frame(10, Buffer.from([1]));
  expect(http2.recognise(Buffer.concat([ASKED, unknown]), false)).toBeUndefined();
});
