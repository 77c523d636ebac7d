import { expect, test } from 'vitest';
import { runAll } from '../../../scripts/accuracy/lab/pool.ts';

const tasks = [3, 5, 1, 2].map((operations) => ({
  part: 'same' as const,
  seed: `pool ${operations}`,
  operations,
}));

test('results come in the order of the tasks, alike in one thread and in two', async () => {
  const run = async (threads: number) =>
    (await runAll('test', tasks, threads)).map(({ times: _, ...result }) => result);
  const alone = await run(1);
  expect(alone.map(({ calls }) => calls > 0)).toEqual([true, true, true, true]);
  expect(new Set(alone.map(({ calls }) => calls)).size).toBeGreaterThan(1);
  expect(await run(2)).toEqual(alone);
});
