import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect as real } from 'vitest';

/**
 * What test files import as `vitest` where mutants are tried: what they declare is kept, to be run as
 * often as there are mutants.
 */
export interface Test {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly run: () => unknown;
}

type Body = (...given: never[]) => unknown;

const tests: Test[] = [];
let file = '';
let names: readonly string[] = [];
/** Groups whose tests are declared later. */
let late: unknown[] = [];
/** The file of the test that runs, to which its reviewed files are near. */
let running = '';

/** The tests of a file. */
export async function testsOf(path: string): Promise<readonly Test[]> {
  file = path;
  tests.length = 0;
  late = [];
  await import(path);
  await Promise.all(late);
  return [...tests];
}

export async function runTest(test: Test): Promise<void> {
  running = test.file;
  await test.run();
}

function add(name: string, run: () => unknown): void {
  const full = [...names, name].join(' > ');
  // Several may have one name: rows of tables in one group.
  tests.push({ id: `${file}#${tests.length} ${full}`, file, name: full, run });
}

function group(name: string, body: () => unknown): void {
  const before = names;
  names = [...names, name];
  late.push(body());
  names = before;
}

/** A name and a body for each row, which is told by its number; of rows that are all lists, the items are given. */
const each =
  (declare: (name: string, run: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, body: Body) => {
    const areLists = rows.every(Array.isArray);
    for (const [i, row] of rows.entries()) {
      const given = (areLists ? row : [row]) as never[];
      declare(`${name} [${i}]`, () => body(...given));
    }
  };

export const test = Object.assign((name: string, body: Body) => add(name, body as () => unknown), {
  each: each(add),
});
export const it = test;
export const describe = Object.assign(group, { each: each(group) });

/** Vitest's own, with the one matcher that it has in its workers only. */
export const expect = new Proxy(real, {
  apply(target, _, [value, message]: Parameters<typeof real>) {
    return Object.defineProperty(target(value, message), 'toMatchFileSnapshot', {
      value: (path: string) => {
        target(value).toBe(readFileSync(resolve(dirname(running), path), 'utf8'));
      },
    });
  },
});
