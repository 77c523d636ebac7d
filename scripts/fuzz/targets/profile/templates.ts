import { pathTokens } from '../../../../src/calls/segment-path.ts';
import { MAX_NAMES, MAX_WORDS, PathTrie } from '../../../../src/profile/path-trie.ts';
import { drawTemplates } from '../../../../src/profile/templates.ts';
import { PARAMETER } from '../../../../src/profile/templates-evidence.ts';
import { holds } from '../../engine/failure.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const COUNTED = {
  create: () => ({ calls: 0 }),
  merge: (into: Count, from: Count) => {
    into.calls += from.calls;
  },
};
interface Count {
  calls: number;
}
/** Classes are few: each has a name in the source. */
const MAX_CLASSES = 600;

export const target: Target = {
  holds:
    'every path fits the template that is drawn for it, segment for segment; the tries and templates of any order and split are the same, and bounded in width',
  seeds: () => [
    '/users/1\n/users/2\n/users/me\n/orders/0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11/items\n',
    '/api/v1/a.json\n/api/v1/b:publish\n/Users(7)/x;y=z\n//a/./%2e%2F%zz?q#f\nhttp://h/p\n',
    Array.from(
      { length: 120 },
      (_, i) => `/w/${String.fromCharCode(97 + (i % 26))}${'xyz'[i % 3]}q${'e'.repeat(i % 7)}`,
    ).join('\n'),
    `/${'a/'.repeat(40)}\n/en-US/x\n/AKIAABCDEFGHIJKLMNOP/x\n`,
  ],
  words: [
    '/users/',
    '/api/',
    '/v1/',
    '{id}',
    '{any}',
    '{name}',
    '%7B',
    '.json',
    ':publish',
    '=',
    '#',
    '?',
  ],
  run: (input) => {
    const paths = Buffer.from(input).toString('utf8').split('\n').map(pathTokens);
    const whole = trieOf(paths);
    const text = JSON.stringify(whole.toJSON(({ calls }) => calls));
    const merged = trieOf(paths.filter((_, at) => at % 2 === 1));
    merged.merge(trieOf(paths.filter((_, at) => at % 2 === 0)));
    same('halves merge to the whole', JSON.stringify(merged.toJSON(({ calls }) => calls)), text);
    same(
      'another order is the same',
      JSON.stringify(trieOf(paths.toReversed()).toJSON(({ calls }) => calls)),
      text,
    );
    const found = paths.reduce((sum, path) => sum + (whole.find(path) ? 1 : 0), 0);
    same('every path is found', found, paths.length);
    boundedWidth([...whole.leaves()].map(([segments]) => segments));

    const weight = ({ calls }: Count) => calls;
    const templates = drawTemplates([whole], weight);
    const again = drawTemplates([trieOf(paths.toReversed())], weight);
    for (const [segments] of whole.leaves()) {
      const template = templates.of(segments);
      same('another order draws the same', again.of(segments), template);
      same('a template is as long as its paths', template.length, segments.length);
      holds(
        template.every((part, at) => part === segments[at] || part === PARAMETER),
        'a path fits its template',
        () => JSON.stringify({ segments, template }),
      );
      same('a template is its own template', templates.of(template), template);
    }
  },
};

function trieOf(paths: readonly (readonly string[])[]): PathTrie<Count> {
  const trie = new PathTrie<Count>(COUNTED);
  for (const path of paths) trie.at(path).calls++;
  return trie;
}

function boundedWidth(leaves: readonly (readonly string[])[]): void {
  const below = new Map<string, Set<string>>();
  for (const segments of leaves) {
    segments.forEach((segment, at) => {
      const node = segments.slice(0, at).join('\n');
      const known = below.get(node) ?? new Set();
      below.set(node, known.add(segment));
    });
  }
  for (const [node, words] of below) {
    holds(
      words.size <= MAX_WORDS + MAX_NAMES + MAX_CLASSES,
      'a node is bounded',
      () => `${node}: ${words.size}`,
    );
  }
}
