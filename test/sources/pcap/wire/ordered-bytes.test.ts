import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OrderedBytes } from '../../../../src/sources/pcap/wire/ordered-bytes.ts';

function heard() {
  const chunks: Buffer[] = [];
  let gaps = 0;
  const bytes = new OrderedBytes({
    bytes: (chunk) => chunks.push(chunk),
    gap: () => {
      gaps++;
    },
  });
  return { bytes, text: () => Buffer.concat(chunks).toString(), gaps: () => gaps };
}

it('gives what was sent once and in order, however it was cut, repeated and reordered, also where numbers wrap', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60, unit: 'binary-ascii' }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.array(fc.tuple(fc.nat(59), fc.nat(20)), { maxLength: 20 }),
      fc.infiniteStream(fc.nat()),
      (text, initial, extra, order) => {
        const sent = Buffer.from(text);
        const whole = Array.from(
          { length: Math.ceil(sent.length / 7) },
          (_, i) => [7 * i, 7] as const,
        );
        const cuts = [...whole, ...extra].map(
          (cut) => [order.next().value as number, cut] as const,
        );
        cuts.sort(([a], [b]) => a - b);
        const { bytes, text: got, gaps } = heard();
        bytes.begin(initial);
        for (const [, [from, length]] of cuts) {
          const part = sent.subarray(from, from + length);
          if (part.length > 0) bytes.segment((initial + 1 + from) | 0, part, part.length, 0);
        }
        bytes.end(0);
        expect({ text: got(), gaps: gaps() }).toEqual({ text, gaps: 0 });
      },
    ),
  );
});

it('tells a gap once it has waited, and goes on behind it', () => {
  const { bytes, text, gaps } = heard();
  bytes.begin(0);
  bytes.segment(1, Buffer.from('ab'), 2, 0);
  bytes.segment(5, Buffer.from('ef'), 2, 10);
  expect({ text: text(), gaps: gaps() }).toEqual({ text: 'ab', gaps: 0 });
  bytes.segment(7, Buffer.from('gh'), 2, 2_000);
  expect({ text: text(), gaps: gaps() }).toEqual({ text: 'abefgh', gaps: 1 });
});

it('tells a gap where a packet was cut when it was captured', () => {
  const { bytes, text, gaps } = heard();
  bytes.segment(1, Buffer.from('ab'), 100, 0);
  bytes.segment(101, Buffer.from('cd'), 2, 0);
  expect({ text: text(), gaps: gaps() }).toEqual({ text: 'abcd', gaps: 1 });
});

it('what was captured only in part is missing, as often as it is sent again and whether or not it came in order', () => {
  const segment = fc.record({
    seq: fc.nat(40),
    length: fc.integer({ min: 1, max: 12 }),
    captured: fc.nat(12),
    now: fc.nat(3_000),
  });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      const tell = (times: number) => {
        const { bytes, text, gaps } = heard();
        for (const { seq, length, captured, now } of segments) {
          const payload = Buffer.alloc(Math.min(captured, length), 65 + seq);
          for (let time = 0; time < times; time++) bytes.segment(seq, payload, length, now);
        }
        bytes.end(9_000);
        return { text: text(), gaps: gaps() };
      };
      expect(tell(2)).toEqual(tell(1));
    }),
  );
});

it('tells the gap of a cut packet that was held', () => {
  const { bytes, text, gaps } = heard();
  bytes.begin(0);
  bytes.segment(5, Buffer.from('ef'), 4, 0);
  bytes.segment(9, Buffer.from('ij'), 2, 0);
  bytes.segment(1, Buffer.from('abcd'), 4, 0);
  expect({ text: text(), gaps: gaps() }).toEqual({ text: 'abcdefij', gaps: 1 });
});
