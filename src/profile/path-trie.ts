import { isClass, isFixed, isSuffix } from '../calls/segment.ts';
import { byCodeUnit, type Json } from '../support/json.ts';
import { isSelector, isVocabulary } from './templates-words.ts';

/** More unknown words than this below one node are values, not names: the node absorbs them. */
export const MAX_WORDS = 96;
/** More known words than this below one node are absorbed as well. */
export const MAX_NAMES = 256;
/** The class that absorbed words go to. */
export const ANY = '{any}';
/** The class that absorbed names go to. */
export const ANY_NAME = '{name}';

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  words: number;
  names: number;
  value: T | undefined;
}

export interface Mergeable<T> {
  readonly create: () => T;
  /** Adds `from` to `into`; may take over parts of `from`. */
  readonly merge: (into: T, from: T) => void;
}

/** The class that a token is absorbed into when its kind is too many; undefined for classes. */
function absorberOf(token: string): typeof ANY | typeof ANY_NAME | undefined {
  if (isClass(token)) return undefined;
  return isFixed(token) || isSuffix(token) || isSelector(token) || isVocabulary(token)
    ? ANY_NAME
    : ANY;
}

/**
 * Values keyed by a path of tokens, bounded in width: a node with more than MAX_WORDS unknown words
 * below it merges them into one child, and likewise the names past MAX_NAMES. What it ends as depends
 * only on the set of paths, not their order: a kind is absorbed exactly when the node was given too
 * many distinct tokens of it, and absorbed subtrees are merged by the same rule.
 */
export class PathTrie<T> {
  readonly #value: Mergeable<T>;
  readonly #root: Node<T> = newNode();

  constructor(value: Mergeable<T>) {
    this.#value = value;
  }

  /** The value at these segments, created if new. */
  at(segments: readonly string[]): T {
    let node = this.#root;
    for (const segment of segments) node = this.#child(node, segment);
    node.value ??= this.#value.create();
    return node.value;
  }

  /** The value that holds these segments now, or undefined. */
  find(segments: readonly string[]): T | undefined {
    let node: Node<T> | undefined = this.#root;
    for (const segment of segments) {
      node = node.children.get(segment) ?? node.children.get(absorberOf(segment) ?? segment);
      if (!node) return undefined;
    }
    return node.value;
  }

  /** Adds `other`, whose parts may be taken over: don't use it afterwards. */
  merge(other: PathTrie<T>): void {
    this.#mergeNode(this.#root, other.#root);
  }

  /** Leaves in code-unit order of their segments. */
  *leaves(): Generator<readonly [readonly string[], T]> {
    yield* walk(this.#root, []);
  }

  toJSON(encode: (value: T) => Json): Json {
    return [...this.leaves()].map(([segments, value]) => [[...segments], encode(value)]);
  }

  static fromLeaves<T>(
    value: Mergeable<T>,
    leaves: Iterable<readonly [readonly string[], T]>,
  ): PathTrie<T> {
    const trie = new PathTrie(value);
    for (const [segments, leaf] of leaves) value.merge(trie.at(segments), leaf);
    return trie;
  }

  #child(node: Node<T>, token: string): Node<T> {
    const known = node.children.get(token);
    if (known) return known;
    const absorber = absorberOf(token);
    const absorbing = absorber && node.children.get(absorber);
    if (absorbing) return absorbing;
    const child: Node<T> = newNode();
    node.children.set(token, child);
    if (token === ANY || token === ANY_NAME) this.#absorb(node, token, child);
    if (absorber === ANY && ++node.words > MAX_WORDS) return this.#overflow(node, ANY);
    if (absorber === ANY_NAME && ++node.names > MAX_NAMES) return this.#overflow(node, ANY_NAME);
    return child;
  }

  #overflow(node: Node<T>, absorber: typeof ANY | typeof ANY_NAME): Node<T> {
    const into: Node<T> = newNode();
    node.children.set(absorber, into);
    this.#absorb(node, absorber, into);
    return into;
  }

  #absorb(node: Node<T>, absorber: string, into: Node<T>): void {
    for (const [token, child] of [...node.children]) {
      if (absorberOf(token) !== absorber) continue;
      node.children.delete(token);
      this.#mergeNode(into, child);
    }
  }

  #mergeNode(into: Node<T>, from: Node<T>): void {
    if (from.value !== undefined) {
      into.value ??= this.#value.create();
      this.#value.merge(into.value, from.value);
    }
    for (const [token, child] of from.children) this.#mergeNode(this.#child(into, token), child);
  }
}

function newNode<T>(): Node<T> {
  return { children: new Map(), words: 0, names: 0, value: undefined };
}

function* walk<T>(node: Node<T>, prefix: readonly string[]): Generator<[readonly string[], T]> {
  if (node.value !== undefined) yield [prefix, node.value];
  const { children } = node;
  const sorted =
    children.size < 2 ? children : [...children].sort((a, b) => byCodeUnit(a[0], b[0]));
  for (const [token, child] of sorted) yield* walk(child, [...prefix, token]);
}
