import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measurePcap } from '../../src/sources/pcap.ts';

type Write = 'writeUInt32LE' | 'writeUInt32BE';

/** A capture in the classic format, with packets of these lengths. */
function classic(lengths: readonly number[], write: Write, magic: number): Buffer {
  const header = Buffer.alloc(24);
  header[write](magic, 0);
  const packets = lengths.map((length) => {
    const packet = Buffer.alloc(16 + length);
    packet[write](length, 8);
    packet[write](length + 7, 12);
    return packet;
  });
  return Buffer.concat([header, ...packets]);
}

function block(type: number, length: number, write: Write): Buffer {
  const bytes = Buffer.alloc(length);
  bytes[write](type, 0);
  bytes[write](length, 4);
  bytes[write](length, length - 4);
  return bytes;
}

const lengths = fc.array(fc.nat(40), { maxLength: 8 });
const order = fc.constantFrom<Write>('writeUInt32LE', 'writeUInt32BE');

it.each([0xa1b2c3d4, 0xa1b23c4d])('counts the packets of the classic format %i', (magic) => {
  fc.assert(
    fc.property(lengths, order, (all, write) => {
      const bytes = classic(all, write, magic);
      expect(measurePcap(bytes)).toEqual({ packets: all.length, end: bytes.length });
    }),
  );
});

it('stops behind the last whole packet, wherever it is cut', () => {
  fc.assert(
    fc.property(lengths, order, fc.nat(500), (all, write, at) => {
      const bytes = classic(all, write, 0xa1b2c3d4);
      const cut = bytes.subarray(0, Math.max(24, at));
      const { packets, end } = measurePcap(cut) ?? { packets: -1, end: -1 };
      expect(end).toBeLessThanOrEqual(cut.length);
      expect(measurePcap(cut.subarray(0, end))).toEqual({ packets, end });
      expect(classic(all.slice(0, packets), write, 0xa1b2c3d4)).toEqual(bytes.subarray(0, end));
    }),
  );
});

it.each(['writeUInt32LE', 'writeUInt32BE'] as const)('walks the blocks of pcapng, %s', (write) => {
  const section = block(0x0a0d0d0a, 28, write);
  section[write](0x1a2b3c4d, 8);
  const all = [section, block(1, 20, write), block(6, 48, write), block(3, 20, write)];
  const bytes = Buffer.concat(all);
  expect(measurePcap(bytes)).toEqual({ packets: 2, end: bytes.length });
  expect(measurePcap(bytes.subarray(0, -4))).toEqual({ packets: 1, end: bytes.length - 20 });
});

it('takes nothing else for a capture', () => {
  const page = Buffer.from('<html><body>Please sign in to your account</body></html>');
  expect(measurePcap(page)).toBeUndefined();
  expect(measurePcap(Buffer.alloc(100))).toBeUndefined();
  expect(measurePcap(classic([], 'writeUInt32LE', 0xa1b2c3d4).subarray(0, 20))).toBeUndefined();
});

it('believes no length that no packet has', () => {
  const bytes = classic([10], 'writeUInt32LE', 0xa1b2c3d4);
  bytes.writeUInt32LE(0xffffffff, 24 + 8);
  expect(measurePcap(bytes)).toEqual({ packets: 0, end: 24 });
});
