import { expect, it } from 'vitest';
import { readApis, sampleCalls } from '../../scripts/accuracy/path-corpus.ts';
import { pathTokens } from '../../src/calls/segment-path.ts';
import { PathTrie } from '../../src/profile/path-trie.ts';
import { drawTemplates } from '../../src/profile/templates.ts';

const counts = {
  create: () => ({ calls: 0 }),
  merge: (into: { calls: number }, from: { calls: number }) => {
    into.calls += from.calls;
  },
};

/** What is drawn of the paths of an API besides its routes (+), and what is not (-). */
function differences(api: ReturnType<typeof readApis>[number], volume: number): string[] {
  const trie = new PathTrie(counts);
  const truth = new Set<string>();
  for (const { path, template } of sampleCalls(api, volume, 1)) {
    truth.add(template);
    const seen = trie.at(pathTokens(path));
    seen.calls++;
  }
  const templates = drawTemplates([trie], (value) => value.calls);
  const drawn = new Set([...trie.leaves()].map(([at]) => `/${templates.of(at).join('/')}`));
  const only = (sign: string, some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].filter((one) => !others.has(one)).map((one) => `  ${sign} ${one}`);
  return [...only('+', drawn, truth), ...only('-', truth, drawn)].sort();
}

it('the paths of public APIs become their routes, but for what was reviewed', async () => {
  const lines = readApis('fixtures/paths').flatMap((api) =>
    [4, 25].flatMap((volume) => [
      `${api.name}, ${volume} calls a route`,
      ...differences(api, volume),
    ]),
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/templates.txt');
});
