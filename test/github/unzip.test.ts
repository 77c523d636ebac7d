import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unzipOnly } from '../../src/github/unzip.ts';
import { zip } from './zip.ts';

const content = Buffer.from('a profile, a profile, a profile');
const one = { name: 'baseline.json.zst', content };
const MAX = 1_000;

describe('unzipOnly', () => {
  it('gives the content back, packed or not, with or without a comment', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: MAX }),
        fc.constantFrom(0 as const, 8 as const),
        fc.string({ maxLength: 30 }),
        (bytes, method, comment) => {
          const archive = zip([{ name: 'f', content: Buffer.from(bytes), method }], comment);
          expect(unzipOnly(archive, MAX)).toEqual(Buffer.from(bytes));
        },
      ),
    );
  });

  const zeros = Buffer.alloc(10 * MAX);
  it.each([
    ['two files', zip([one, { ...one, name: 'b' }]), 'holds 2 files'],
    ['none', zip([]), 'holds 0 files'],
    ['a way out of the folder', zip([{ ...one, name: '../../etc/passwd' }]), 'no plain name'],
    ['an absolute path', zip([{ ...one, name: '/etc/passwd' }]), 'no plain name'],
    ["a path of Windows'", zip([{ ...one, name: '..\\x' }]), 'no plain name'],
    ['a bomb', zip([{ name: 'f', content: zeros }]), 'more than 1000 bytes'],
    ['a bomb that says it is small', zip([{ name: 'f', content: zeros, size: 10 }]), 'is damaged'],
    ['less than it says', zip([{ ...one, size: content.length + 1 }]), 'not of the size it says'],
    ['another content', zip([{ ...one, crc: 1 }]), 'does not have its checksum'],
    ['a password', zip([{ ...one, flags: 1 }]), 'is encrypted'],
    ['another method', zip([{ ...one, method: 12 }]), 'packed by method 12'],
    ['no archive', Buffer.from('{"message":"Not Found"}'.repeat(9)), 'no zip archive'],
    ['nothing', Buffer.alloc(0), 'no zip archive'],
  ])('refuses %s', (_, archive, message) => {
    expect(() => unzipOnly(archive, MAX)).toThrow(RangeError);
    expect(() => unzipOnly(archive, MAX)).toThrow(message);
  });

  it('refuses, and does nothing worse, whatever is damaged', () => {
    const whole = zip([one]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, cut) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        for (const archive of [damaged, whole.subarray(0, cut)]) {
          try {
            expect(unzipOnly(archive, MAX)).toEqual(content);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        }
      }),
    );
  });
});
