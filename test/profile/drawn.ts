import { pathTokens } from '../../src/calls/segment-path.ts';
import { PathTrie } from '../../src/profile/path-trie.ts';
import { drawTemplates } from '../../src/profile/templates.ts';

interface Count {
  calls: number;
}

const counts = {
  create: (): Count => ({ calls: 0 }),
  merge: (into: Count, from: Count) => {
    into.calls += from.calls;
  },
};

/** Paths, each called once. */
export function trieOf(paths: readonly string[]): PathTrie<Count> {
  const trie = new PathTrie(counts);
  for (const path of paths) {
    const seen = trie.at(pathTokens(path));
    seen.calls++;
  }
  return trie;
}

/** Templates drawn from the paths, as sorted text. */
export function templatesOf(paths: readonly string[], hints: readonly string[] = []): string[] {
  const trie = trieOf(paths);
  const templates = drawTemplates([trie], ({ calls }) => calls, hints);
  return [...new Set([...trie.leaves()].map(([at]) => `/${templates.of(at).join('/')}`))].sort();
}
