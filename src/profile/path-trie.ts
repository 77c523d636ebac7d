import { byCodeUnit, type Json } from '../support/json.ts';

/** More literal words than this below one node are values, not names: the node absorbs them. */
export const MAX_LITERALS = 64;
/** The class that absorbed literals go to. */
export const ANY = '{any}';

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  absorbed: boolean;
  value: T | undefined;
}

export interface Mergeable<T> {
  readonly create: () => T;
  /** Adds `from` to `into`; may take over parts of `from`. */
  readonly merge: (into: T, from: T) => void;
}

const isLiteral = (segment: string) => !segment.startsWith('{');

/**
 * Values keyed by a path of segments, bounded in width: a node with more than MAX_LITERALS literal
 * children merges them into one. What it ends as depends only on the set of paths, not their order:
 * absorbing is monotone, and the absorbed subtrees are merged by the same rule.
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
      node = node.children.get(node.absorbed && isLiteral(segment) ? ANY : segment);
      if (!node) return undefined;
    }
    return node.value;
  }

  merge(other: PathTrie<T>): void {
    this.#mergeNode(this.#root, other.#root);
  }

  /** Leaves in code-unit order of their segments. */
  *leaves(): Generator<readonly [readonly string[], T]> {
    yield* walk(this.#root, []);
  }

  toJSON(encode: (value: T) => Json): Json {
    return encodeNode(this.#root, encode);
  }

  static fromLeaves<T>(
    value: Mergeable<T>,
    leaves: Iterable<readonly [readonly string[], T]>,
  ): PathTrie<T> {
    const trie = new PathTrie(value);
    for (const [segments, leaf] of leaves) value.merge(trie.at(segments), leaf);
    return trie;
  }

  #child(node: Node<T>, segment: string): Node<T> {
    if (node.absorbed && isLiteral(segment)) return this.#child(node, ANY);
    let child = node.children.get(segment);
    if (!child) {
      child = newNode();
      node.children.set(segment, child);
      if (this.#absorbIfWide(node)) return this.#child(node, segment);
    }
    return child;
  }

  #absorbIfWide(node: Node<T>): boolean {
    if (node.absorbed) return false;
    const literals = [...node.children.keys()].filter(isLiteral);
    if (literals.length <= MAX_LITERALS && !node.children.has(ANY)) return false;
    node.absorbed = true;
    let any = node.children.get(ANY);
    if (!any) {
      any = newNode();
      node.children.set(ANY, any);
    }
    for (const literal of literals) {
      const child = node.children.get(literal) as Node<T>;
      node.children.delete(literal);
      this.#mergeNode(any, child);
    }
    return true;
  }

  #mergeNode(into: Node<T>, from: Node<T>): void {
    if (from.value !== undefined) {
      into.value ??= this.#value.create();
      this.#value.merge(into.value, from.value);
    }
    for (const [segment, child] of from.children) {
      this.#mergeNode(this.#child(into, segment), child);
    }
  }
}

function newNode<T>(): Node<T> {
  return { children: new Map(), absorbed: false, value: undefined };
}

function* walk<T>(node: Node<T>, prefix: readonly string[]): Generator<[readonly string[], T]> {
  if (node.value !== undefined) yield [prefix, node.value];
  for (const [segment, child] of sorted(node)) yield* walk(child, [...prefix, segment]);
}

function sorted<T>(node: Node<T>): [string, Node<T>][] {
  return [...node.children].sort((a, b) => byCodeUnit(a[0], b[0]));
}

function encodeNode<T>(node: Node<T>, encode: (value: T) => Json): Json {
  return [...walk(node, [])].map(([segments, value]) => [[...segments], encode(value)]);
}
