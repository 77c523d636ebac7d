import type { Target } from '../../../scripts/fuzz/target.ts';

/** Never ends, or fills the memory, for what nobody comes upon; breaks for what is hidden in steps. */
export const target: Target = {
  holds: 'nothing',
  seeds: () => ['?'],
  run: (input) => {
    const text = Buffer.from(input).toString('latin1');
    if (hash(text) === HANGS) for (;;);
    const kept: number[][] = [];
    if (hash(text) === FILLS) for (;;) kept.push(Array.from({ length: 1_000 }, Math.random));
    if (text[0] !== 'f' || text[1] !== 'u' || text[2] !== 'z') return;
    if (text[3] === '1' && text.includes('=magic=')) throw new Error('found');
  },
};

/** Of texts that the test gives: as words they would be tried. */
const HANGS = -230_914_313;
const FILLS = 568_148_771;

/** Tells nothing of what it is of. */
function hash(text: string): number {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
}
