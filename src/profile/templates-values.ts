import { isFixed, isSuffix } from '../calls/segment.ts';
import { extensionAt } from '../calls/segment-file.ts';
import { isLanguage } from '../calls/segment-locale.ts';
import { type Evidence, isParameter } from './templates-evidence.ts';
import { isCollection, isSelector, isVocabulary } from './templates-words.ts';

/** Fewer unlike words than this are names, whatever else speaks against it. */
const MIN_VALUES = 3;
/** Points from which words are values; each kind of evidence below gives or takes some. */
const THRESHOLD = 1;

interface Word {
  readonly token: string;
  readonly seen: Evidence;
}

/** Which of the words at one position are values of a parameter. `before` is the template so far. */
export function valuesAmong(
  siblings: ReadonlyMap<string, Evidence>,
  before: readonly string[],
): ReadonlySet<string> {
  const words: Word[] = [];
  let classes = 0;
  for (const [token, seen] of siblings) {
    if (isParameter(token)) classes++;
    else if (!isFixed(token) && !isSuffix(token) && !isSelector(token)) words.push({ token, seen });
  }
  const languages = words.filter(({ token }) => isLanguage(token));
  if (languages.length >= 2 && languages.length * 2 > words.length) return tokens(languages);
  const unknown = words.filter(({ token }) => !isVocabulary(token));
  if (unknown.length < MIN_VALUES) return new Set();
  const known = words.filter(({ token }) => isVocabulary(token));
  const score =
    Math.log2(unknown.length) -
    2 +
    placeScore(before) +
    2 * share(unknown, ({ token }) => isOdd(token)) +
    (classes > 0 ? 1 : 0) -
    2.5 * (known.length / words.length) +
    likeness(unknown) +
    share(unknown, ({ seen }) => seen.total === 1);
  if (score < THRESHOLD) return new Set();
  const values = tokens(unknown);
  for (const word of known) if (isLike(word, unknown)) values.add(word.token);
  return values;
}

/** A member is expected behind a collection, a name behind a version or at the start. */
function placeScore(before: readonly string[]): number {
  const last = before.at(-1);
  if (last === undefined || /^(?:api|rest|v\d.*|\d+(?:\.\d+)?)$/.test(last)) return -1.5;
  if (last.startsWith('{')) return -0.5;
  return isCollection(last) ? 1.5 : 0;
}

/** A word that looks more like a value than like a name: digits, many dashes, capitals, other scripts, files. */
function isOdd(token: string): boolean {
  return (
    /\d/.test(token) ||
    /-.*-/.test(token) ||
    /^[A-Z][A-Z0-9]+$/.test(token) ||
    /[^\x21-\x7e]/.test(token) ||
    extensionAt(token) > 0
  );
}

/** How much the words below the siblings repeat: values share what hangs below them, names don't. */
function likeness(words: readonly Word[]): number {
  const counts = new Map<string, number>();
  let sum = 0;
  let parents = 0;
  for (const { seen } of words) {
    let own = 0;
    for (const token of seen.children.keys()) {
      if (isParameter(token)) continue;
      counts.set(token, (counts.get(token) ?? 0) + 1);
      own++;
    }
    sum += own;
    if (own > 0) parents++;
  }
  if (parents < 2) return 0;
  const repeat = 1 - counts.size / sum;
  return 4 * repeat - 2;
}

/** Whether a known word behaves as the values beside it do: the same words below it, no more traffic. */
function isLike(word: Word, values: readonly Word[]): boolean {
  const most = Math.max(...values.map(({ seen }) => seen.total));
  if (word.seen.total > 2 * most) return false;
  const below = new Set(values.flatMap(({ seen }) => [...seen.children.keys()]));
  const own = [...word.seen.children.keys()];
  if (own.length === 0) return below.size === 0 && values.length >= 8;
  return own.every((token) => below.has(token));
}

function share(words: readonly Word[], test: (word: Word) => boolean): number {
  return words.filter(test).length / words.length;
}

function tokens(words: readonly Word[]): Set<string> {
  return new Set(words.map(({ token }) => token));
}
