import type { Evidence } from './evidence.ts';

/** How much longer than usual failing calls take by themselves when they wait for something scarce. */
const WAITING = 3;
/** ms */
const LONG = 50;

/** Whether most of the failing calls spend far longer than usual with nothing called: they wait, and give up. */
export function waitsAlone(rows: readonly number[], { bad, cells }: Evidence): boolean {
  const usual = new Map<number, number>();
  for (const { operation, good } of cells) {
    if (good.size > 0) usual.set(operation, Math.max(usual.get(operation) ?? 0, good.mean));
  }
  const waiting = rows.filter((row) => {
    const own = bad.own[row] as number;
    const before = usual.get(bad.traffic.operation[row] as number) ?? 0;
    return own > LONG && own > WAITING * before;
  });
  return waiting.length > rows.length / 2;
}
