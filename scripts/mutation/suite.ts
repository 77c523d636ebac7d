import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect } from 'vitest';

/** What test files import as `vitest` where the runner runs them: what they declare is kept to be run often. */
export { expect };

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
/** The file of the test that runs, to which its reviewed files are near. */
let running = '';

/** The tests of a file. */
export async function testsOf(path: string): Promise<readonly Test[]> {
  file = path;
  tests.length = 0;
  await import(path);
  return [...tests];
}

export async function runTest(test: Test): Promise<void> {
  running = test.file;
  await test.run();
}

function add(name: string, run: () => unknown): void {
  const full = [...names, name].join(' > ');
  tests.push({ id: `${file}#${full}`, file, name: full, run });
}

function group(name: string, body: () => unknown): void {
  const before = names;
  names = [...names, name];
  body();
  names = before;
}

/** A name and a body for each row, which is told by its number. */
const each =
  (declare: (name: string, run: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, body: Body) => {
    for (const [i, row] of rows.entries()) {
      const given = (Array.isArray(row) ? row : [row]) as never[];
      declare(`${name} [${i}]`, () => body(...given));
    }
  };

export const test = Object.assign((name: string, body: Body) => add(name, body as () => unknown), {
  each: each(add),
});
export const it = test;
export const describe = Object.assign(group, { each: each(group) });

expect.extend({
  toMatchFileSnapshot(received: string, path: string) {
    const known = readFileSync(resolve(dirname(running), path), 'utf8');
    return { pass: known === received, message: () => `${path} differs` };
  },
});
