import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../scripts/rules-calls.ts';
import { EXAMPLES } from '../../scripts/rules-examples.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { EarlyFindings } from '../../src/compare/early.ts';
import { showable } from '../../src/compare/view/showable.ts';
import { compareWindows } from '../../src/compare/windows.ts';
import { profileOf, variedCalls } from '../support/varied-traffic.ts';

/** Numbers to six digits; a line for each record that ends, so that a difference can be read. */
function reviewed(value: unknown): string {
  const rounded = (_: string, one: unknown) =>
    typeof one === 'number' ? Number(one.toPrecision(6)) : one;
  return `${JSON.stringify(value, rounded).replace(/(?<=[\]}]),(?=[[{"])/g, ',\n')}\n`;
}

const options = { minSamples: 20 };
const before = profileOf(variedCalls());
const after = profileOf(variedCalls(true));

/** Differences are to be read when they change: `npx vitest run -u` writes them anew. */
describe('as reviewed:', () => {
  it('what is found in the example of each rule', async () => {
    const all = EXAMPLES.map((example) => [example.rule, findingsOf(example)]);
    await expect(reviewed(all)).toMatchFileSnapshot('golden/examples.txt');
  });

  it.each([
    ['got-worse', before, after],
    ['got-better', after, before],
  ] as const)('all that is told of a version that %s', async (name, base, cand) => {
    const { findings, coverage, graph, operations } = showable(
      compareProfiles(base, cand, options),
    );
    await expect(reviewed({ findings, coverage, graph, operations })).toMatchFileSnapshot(
      `golden/${name}.txt`,
    );
  });

  it('the same, beside two windows of which one was worse already', async () => {
    const { findings } = compareWindows([before, after], after, options);
    await expect(reviewed(findings)).toMatchFileSnapshot('golden/windows.txt');
  });

  it('the same, while the window still runs', async () => {
    const early = new EarlyFindings([]);
    const few = profileOf(variedCalls(true, 25));
    const looks = [few, after].map((cand) => early.look(compareProfiles(before, cand, options)));
    await expect(reviewed(looks)).toMatchFileSnapshot('golden/early.txt');
  });
});
