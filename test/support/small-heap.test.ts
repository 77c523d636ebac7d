import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/**
 * What a profiler does to the heap: a window of objects slides over many. Prints the peak RSS in MiB, of
 * this program alone: `maxRSS` is at least what the process that started it had.
 */
const SLIDING = `
  const held = Array(40_000).fill('');
  const work = async () => {
    for (let i = 0; i < 200_000; i++) {
      held[i % held.length] = Array.from({ length: 60 }, (_, k) => i + k);
      if (i % 1_000 === 0) await new Promise(setImmediate);
    }
  };
  await wrapped(work);
  const status = readFileSync('/proc/self/status', 'utf8');
  process.stdout.write(String(Math.round(Number(/VmHWM:\\s*(\\d+)/.exec(status)[1]) / 1024)));
`;

function peakOf(wrapped: string): number {
  const small = JSON.stringify(`${process.cwd()}/src/support/small-heap.ts`);
  const script = `import { readFileSync } from 'node:fs'; const { withSmallHeap } = await import(${small}); const wrapped = ${wrapped}; ${SLIDING}`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString());
}

it('holds little more than what is held', () => {
  const usual = peakOf('(work) => work()');
  const small = peakOf('withSmallHeap');
  expect({ usual, small, isSmall: small < 0.75 * usual }).toMatchObject({ isSmall: true });
});
