import { counted } from '../support/quantity.ts';

/** A Markdown table; cells are escaped already. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Says how many rows a limit left out; empty when none. */
export function leftOut(total: number, limit: number, noun: string): string {
  const left = total - limit;
  if (left <= 0) return '';
  return `\n\n${counted(left, `more ${noun}`)} left out here; the JSON report has all.`;
}

/** What opens by a click; the title alone where there is nothing to open. */
export function details(title: string, body: string): string {
  if (body === '') return `${title}.`;
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
