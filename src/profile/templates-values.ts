import { isFixed, isSuffix } from '../calls/segment.ts';
import { extensionAt } from '../calls/segment-file.ts';
import { isLanguage } from '../calls/segment-locale.ts';
import { ANY } from './path-trie.ts';
import { type Evidence, isParameter } from './templates-evidence.ts';
import { likeness, type ValuesBelow, type Word } from './templates-likeness.ts';
import { isCollection, isSelector, isVocabulary } from './templates-words.ts';

/** Points from which words are values; each kind of evidence below gives or takes some. */
const THRESHOLD = 1;
/** What being known from web APIs speaks for a name. */
const KNOWN = 3;

/** Words that stand for a version where versions stand. */
const tags: ReadonlySet<string> = new Set(
  'latest stable edge nightly next beta alpha canary lts main master dev'.split(' '),
);

/** Where words stand. */
export interface Position {
  /** The template so far. */
  readonly before: readonly string[];
  /** Words found to be values at other positions. */
  readonly elsewhere: ReadonlySet<string>;
  /** What is known of nodes by themselves, so that each is judged once. */
  readonly judged: WeakMap<Evidence, ReadonlySet<string>>;
}

/**
 * Which of the words at one position are values of a parameter. Unknown words are judged first;
 * known ones join them when they behave alike, or are judged with them when what hangs below says
 * so. In doubt a word stays a name: two endpoints never merge. How often a word was called counts
 * for little, so that more calls of the same paths don't rename a template.
 */
export function valuesAmong(
  siblings: ReadonlyMap<string, Evidence>,
  position: Position,
): ReadonlySet<string> {
  const words: Word[] = [];
  let classes = 0;
  for (const [token, seen] of siblings) {
    if (isParameter(token)) classes++;
    else if (!isFixed(token) && !isSuffix(token) && !isSelector(token) && !isVersioned(seen)) {
      words.push({ token, seen });
    }
  }
  const languages = words.filter(({ token }) => isLanguage(token));
  if (languages.length >= 2 && languages.length * 2 > words.length) return tokens(languages);
  const versions = [...siblings.keys()].some((token) => /^\{version\}|:\{hex\}$/.test(token));
  const isSure = (token: string) => versions || position.elsewhere.has(token) || isCode(token);
  const place = placeScore(position.before) + (classes > 0 ? 1 : 0);
  const values = judge(words, place, isSure, (word) => valuesBelow(word, position));
  const absorbed = siblings.get(ANY);
  if (absorbed) for (const word of words) if (isAbsorbed(word, absorbed)) values.add(word.token);
  if (versions) for (const token of siblings.keys()) if (tags.has(token)) values.add(token);
  return values;
}

function valuesBelow({ token, seen }: Word, position: Position): ReadonlySet<string> {
  let values = position.judged.get(seen);
  if (!values) {
    values = valuesAmong(seen.children, { ...position, before: [...position.before, token] });
    position.judged.set(seen, values);
  }
  return values;
}

function judge(
  words: readonly Word[],
  place: number,
  isSure: (token: string) => boolean,
  below: ValuesBelow,
): Set<string> {
  const unknown = words.filter(({ token }) => !isVocabulary(token));
  const known = words.filter(({ token }) => isVocabulary(token));
  const alone = known.length === 0 && place > 0 ? 0.5 : 0;
  const prior = place + alone - (KNOWN * namesIn(known)) / words.length;
  if (unknown.length > 0 && score(unknown, isSure, below) + prior >= THRESHOLD) {
    const like = known.filter((word) => isLike(word, unknown));
    return tokens([...unknown, ...like]);
  }
  const all = words.length >= 3 && score(words, isSure, below) + prior >= THRESHOLD;
  return all ? tokens(words) : new Set();
}

/** Points for words being values, by their number, their looks and what hangs below. */
function score(
  words: readonly Word[],
  isSure: (token: string) => boolean,
  below: ValuesBelow,
): number {
  if (words.length < 3 && !words.every(({ token }) => isSure(token)))
    return Number.NEGATIVE_INFINITY;
  const strange = share(words, ({ token }) => isSure(token) || isOdd(token));
  return (
    Math.min(4, Math.log2(words.length)) -
    2 +
    2.5 * strange +
    0.5 * share(words, ({ token }) => token.includes('-')) +
    likeness(words, below) -
    2 * share(words, isCollectionItself)
  );
}

/** Called as it is and with an id behind it: what collections are, and members hardly ever. */
function isCollectionItself({ seen }: Word): boolean {
  if (seen.own === 0) return false;
  for (const token of seen.children.keys()) if (isParameter(token)) return true;
  return false;
}

/** A member is expected behind a collection, a name behind a version, an id or at the start. */
function placeScore(before: readonly string[]): number {
  const last = before.at(-1);
  if (last === undefined || /^(?:apis?|rest|v\d.*|\d+(?:\.\d+)?)$/.test(last)) return -2;
  if (last.startsWith('{')) return -1;
  if (isCollection(last)) return 1.5;
  return isVocabulary(last) ? 0.5 : 0;
}

/** A word that looks more like a value than like a name: numbers, capitals, files, many dashes. */
function isOdd(token: string): boolean {
  return (
    isCode(token) || /\d\d|\d[a-z]/i.test(token) || /-.*-.*-/.test(token) || extensionAt(token) > 0
  );
}

/** A code in capitals (`USD`, `SAVE5`, `DB_HOST`): so surely a value that few are enough. */
function isCode(token: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(token);
}

/** Whether a known word behaves as the values beside it do: the same words below it, as much traffic. */
function isLike(word: Word, values: readonly Word[]): boolean {
  const below = new Set(values.flatMap(({ seen }) => [...seen.children.keys()]));
  const own = [...word.seen.children.keys()];
  const shared = own.filter((token) => below.has(token)).length;
  const dashed =
    word.token.includes('-') && share(values, ({ token }) => token.includes('-')) >= 0.5;
  if (shared >= (dashed ? 1 : 3)) return true;
  const totals = values.map(({ seen }) => seen.total);
  const sum = totals.reduce((a, b) => a + b, 0);
  if (word.seen.total > Math.max(2 * Math.max(...totals), sum / 2)) return false;
  if (own.length > 0) return shared > 0;
  if (!values.some(({ seen }) => seen.own > 0)) return false;
  return values.length >= (dashed ? 3 : 8);
}

/** Where many unknown words were values, a known one that behaves alike is one too. */
function isAbsorbed({ seen }: Word, absorbed: Evidence): boolean {
  if (seen.total > absorbed.total / 8) return false;
  for (const token of seen.children.keys()) if (!absorbed.children.has(token)) return false;
  return seen.own === 0 || absorbed.own > 0;
}

/** What a version follows is an API's name. */
function isVersioned(seen: Evidence): boolean {
  for (const token of seen.children.keys()) if (/^v\d/.test(token)) return true;
  return false;
}

/** How many of the words count as known; one made of several counts half. */
function namesIn(known: readonly Word[]): number {
  let sum = 0;
  for (const { token } of known) sum += token.includes('-') ? 0.5 : 1;
  return sum;
}

function share(words: readonly Word[], test: (word: Word) => boolean): number {
  return words.filter(test).length / words.length;
}

function tokens(words: readonly Word[]): Set<string> {
  return new Set(words.map(({ token }) => token));
}
