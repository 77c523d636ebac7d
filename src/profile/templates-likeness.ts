import { isFixed } from '../calls/segment.ts';
import { type Evidence, isParameter } from './templates-evidence.ts';
import { isSelector, isVocabulary } from './templates-words.ts';

/** One of several words at a position. */
export interface Word {
  readonly token: string;
  readonly seen: Evidence;
}

/** Which words right below a node are values by themselves. */
export type ValuesBelow = (word: Word) => ReadonlySet<string>;

/** More unknown or compound words than this below siblings tell nothing about them. */
const MAX_LOOSE = 12;

/** What hangs below siblings, at one depth. */
interface Below {
  /** Siblings that have words at that depth. */
  readonly parents: number;
  /** Distinct words there, and how often a sibling has a word that another has as well. */
  readonly words: number;
  readonly repeats: number;
  /** Share of what the siblings have that another sibling has as well. */
  readonly coverage: number;
  /** Share of the distinct words that are known names. */
  readonly known: number;
}

/**
 * Points for siblings being values, by what hangs below them: values share their continuations
 * (`/{owner}/{repo}/issues`), names have their own. Selectors (`/search`) and ids are shared by all
 * resources and so tell nothing. Looks one and two words deep.
 */
export function likeness(siblings: readonly Word[], valuesBelow: ValuesBelow): number {
  const near = below(siblings.map((word) => wordsBelow([word], valuesBelow)));
  const far = below(siblings.map((word) => wordsBelow(namedChildren(word), valuesBelow)));
  const points = Math.max(pointsOf(near), pointsOf(far));
  if (points > 0) return points;
  return near.parents >= 3 && near.known > 0.5 && near.coverage < 0.4 ? -1.5 : 0;
}

function pointsOf({ words, repeats, coverage }: Below): number {
  if (coverage < 0.5) return 0;
  return Math.min(4, (words === 1 ? 0.4 : 0.8) * Math.log2(1 + repeats));
}

function below(sets: readonly ReadonlySet<string>[]): Below {
  const counts = new Map<string, number>();
  let parents = 0;
  for (const set of sets) {
    if (set.size > 0) parents++;
    for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  dropValues(counts);
  let sum = 0;
  let shared = 0;
  let known = 0;
  for (const [word, count] of counts) {
    sum += count;
    if (count > 1) shared += count;
    if (isVocabulary(word)) known++;
  }
  const words = counts.size;
  return {
    parents,
    words,
    repeats: sum - words,
    coverage: shared / Math.max(1, sum),
    known: known / Math.max(1, words),
  };
}

/** Many unknown or compound words are values themselves, shared by whatever refers to them. */
function dropValues(counts: Map<string, number>): void {
  const loose = [...counts.keys()].filter((word) => word.includes('-') || !isVocabulary(word));
  if (loose.length > MAX_LOOSE) for (const word of loose) counts.delete(word);
}

function wordsBelow(words: readonly Word[], valuesBelow: ValuesBelow): Set<string> {
  const found = new Set<string>();
  for (const word of words) {
    const values = valuesBelow(word);
    for (const token of word.seen.children.keys()) {
      const told = isParameter(token) || isFixed(token) || isSelector(token) || values.has(token);
      if (!told) found.add(token);
    }
  }
  return found;
}

function namedChildren({ seen }: Word): Word[] {
  const named: Word[] = [];
  for (const [token, child] of seen.children) {
    if (!isParameter(token)) named.push({ token, seen: child });
  }
  return named;
}
