import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

interface Promised {
  /** The exit code; null where the process is ended by SIGKILL. */
  readonly exit: number | null;
  /** Words that stand in what is said. */
  readonly says: readonly string[];
}

const SECTION = '## What happens, and how it ends';

/** What docs/faults.md promises, by fault. */
export const promises: ReadonlyMap<string, Promised> = new Map(
  rowsOf(readFileSync('docs/faults.md', 'utf8')).map(([fault = '', exit = '', says = '']) => [
    fault,
    {
      exit: exit === '–' ? null : Number(exit),
      says: [...says.matchAll(/`([^`]+)`/g)].map(([, words]) => words as string),
    },
  ]),
);

function rowsOf(page: string): string[][] {
  const section = page.slice(page.indexOf(SECTION)).split(/\n## /)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

/** Holds how something ended against what the page promises for the fault. */
export function expectPromised(
  fault: string,
  ended: { readonly code: number | null; readonly out: string; readonly err: string },
): void {
  const promised = promises.get(fault);
  if (!promised) throw new Error(`docs/faults.md has no row "${fault}"`);
  const said = ended.err + ended.out;
  for (const words of promised.says) expect(said).toContain(words);
  expect({ fault, code: ended.code, said }).toMatchObject({ code: promised.exit });
  expect(ended.err).not.toMatch(/^\s+at /m);
}
