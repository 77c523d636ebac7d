import { wilsonInterval } from '../../../src/compare/stats/exact.ts';

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

/** `3 of 100 (1.0–8.5 %)`: a share with its Wilson interval at 95 %. */
export function ratio(hits: number, of: number): string {
  const [low, high] = wilsonInterval(hits, of, 0.95);
  return `${hits} of ${of} (${percent(low)}–${percent(high)} %)`;
}

/** `95 % (83–99)`. */
export function share(hits: number, of: number): string {
  if (of === 0) return '–';
  const [low, high] = wilsonInterval(hits, of, 0.95);
  const whole = (value: number) => Math.round(100 * value);
  return `${whole(hits / of)} % (${whole(low)}–${whole(high)})`;
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}
