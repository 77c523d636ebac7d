import { unzipOnly } from '../../../../src/github/unzip.ts';
import { zip } from '../../../../test/github/zip.ts';
import { holds } from '../../engine/failure.ts';
import type { Target } from '../../target.ts';

const LIMIT = 64 * 1024;

export const target: Target = {
  holds:
    'an archive gives a file of at most the size that is allowed, or is refused with RangeError',
  seeds: () => [
    zip([{ name: 'profile.json', content: Buffer.from('{"a":1}'.repeat(20)) }]),
    zip([{ name: 'a', content: Buffer.alloc(LIMIT), method: 8 }], 'a comment'),
    zip([{ name: '../a', content: Buffer.from('x'), method: 0 }]),
    zip([
      { name: 'a', content: Buffer.from('x') },
      { name: 'b', content: Buffer.from('y') },
    ]),
  ],
  words: ['PK\x03\x04', 'PK\x05\x06'],
  run: (input) => {
    try {
      const content = unzipOnly(input, LIMIT);
      holds(content.length <= LIMIT, 'a file is no larger than allowed', () => `${content.length}`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  },
};
