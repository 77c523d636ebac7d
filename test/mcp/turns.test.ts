import { expect, it } from 'vitest';
import { Turns } from '../../src/mcp/turns.ts';

it('lets so many work at once, and others once one has ended, well or not', async () => {
  const turns = new Turns(2);
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<string>();
  const [one, two] = [turns.take(() => first.promise), turns.take(() => second.promise)];
  await expect(turns.take(async () => 'third')).rejects.toThrow('2 commands are running');
  first.resolve('first');
  expect(await one).toBe('first');
  expect(await turns.take(async () => 'third')).toBe('third');
  second.reject(new Error('failed'));
  await expect(two).rejects.toThrow('failed');
  expect(await Promise.all([1, 2].map((n) => turns.take(async () => n)))).toEqual([1, 2]);
});
