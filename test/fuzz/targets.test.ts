import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputsIn } from '../../scripts/fuzz/engine/corpus.ts';
import { Coverage } from '../../scripts/fuzz/engine/coverage.ts';
import { type Finding, fuzzLoop } from '../../scripts/fuzz/engine/fuzz-loop.ts';
import { loadTarget, targetNames } from '../../scripts/fuzz/targets.ts';

const FIXTURES = 'fixtures/fuzz';
/** Few: `npm run fuzz` is for more. */
const EXECUTIONS = 15;

const targets = await Promise.all(
  targetNames().map(async (name) => ({ name, target: await loadTarget(name) })),
);
/** Parsers of what is rendered are no packages of the project. */
const own = targets.filter(({ target }) => target.needs === undefined);

/** What broke a target once. */
const kept = own.flatMap(({ name, target }) =>
  inputsIn(join(FIXTURES, name)).map((input) => ({ name, target, input })),
);

it.each(kept)('$name holds for what broke it once', async ({ target, input }) => {
  await target.run(input);
});

describe.each(own)('$name', ({ target }) => {
  it('holds for its seeds and some changes of them', async () => {
    const found: Finding[] = [];
    const { executions } = await fuzzLoop(target, new Coverage(0), {
      seed: 1,
      words: [],
      corpusFolder: undefined,
      inputs: [],
      goesOn: (executions) => executions < EXECUTIONS,
      found: (finding) => found.push(finding),
    });
    expect(found.map(({ words }) => words)).toEqual([]);
    expect(executions).toBe(EXECUTIONS);
  });
});

it('what is kept belongs to a target', () => {
  const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true });
  expect(files.filter((entry) => entry.isFile()).length).toBe(kept.length);
});
