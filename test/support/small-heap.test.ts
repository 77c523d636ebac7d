import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** What a profiler does to the heap: a window of objects slides over many. Prints the peak RSS in MiB. */
const SLIDING = `
  const held = Array(40_000).fill('');
  const work = async () => {
    for (let i = 0; i < 200_000; i++) {
      held[i % held.length] = Array.from({ length: 60 }, (_, k) => i + k);
      if (i % 1_000 === 0) await new Promise(setImmediate);
    }
  };
  await wrapped(work);
  process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
`;

function peakOf(wrapped: string): number {
  const small = JSON.stringify(`${process.cwd()}/src/support/small-heap.ts`);
  const script = `const { withSmallHeap } = await import(${small}); const wrapped = ${wrapped}; ${SLIDING}`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString());
}

it('holds little more than what is held', () => {
  const usual = peakOf('(work) => work()');
  const small = peakOf('withSmallHeap');
  expect({ usual, small, isSmall: small < 0.75 * usual }).toMatchObject({ isSmall: true });
});
