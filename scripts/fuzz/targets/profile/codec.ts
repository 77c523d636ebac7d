import { encodeWindows } from '../../../../src/profile/windows-codec.ts';
import { decodeBaseline } from '../../../../src/store/stored-form.ts';
import { Draw } from '../../material/draw.ts';
import { edited } from '../../material/edits.ts';
import { profileFiles } from '../../material/profiles.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const MAX_EDITS = 6;
const FILES = profileFiles().map((text) => JSON.parse(text) as unknown);

export const target: Target = {
  holds:
    'a profile file with parts put in, taken out or exchanged is refused with RangeError, or read to what is written and read again to the same bytes',
  seeds: () =>
    [0, 1, 2, 3].flatMap((file) => [
      Buffer.from([file, 0]),
      Buffer.from([file, 1, 0, 7, 9, 3, 2, 5]),
    ]),
  run: (input) => {
    const draw = new Draw(input);
    const file = draw.pick(FILES);
    const count = draw.below(MAX_EDITS);
    const text = JSON.stringify(edited(file, count, draw));
    const read = refusedOr(() => decodeBaseline(text));
    if (read === undefined) return;
    const written = encodeWindows(read.windows);
    const again = encodeWindows(decodeBaseline(written).windows);
    same('what was read is written canonically', again, written);
    if (count === 0) same('a profile is read as it was written', written, `${text}\n`);
  },
};

/** What it gives; undefined where it refuses as it promises to. */
function refusedOr<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
