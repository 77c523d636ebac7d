import type { Family } from '../calls/target.ts';
import type { PathTrie } from './path-trie.ts';
import {
  addPath,
  type Evidence,
  isParameter,
  newEvidence,
  PARAMETER,
  together,
} from './templates-evidence.ts';
import { hintTree } from './templates-hints.ts';
import { type Position, valuesAmong } from './templates-values.ts';
import { isVocabulary } from './templates-words.ts';

/** Path templates of the families that share a scope. */
export interface Templates {
  /** The template that a path of tokens belongs to. */
  readonly of: (segments: readonly string[]) => readonly string[];
}

interface Template {
  readonly words: Map<string, Template>;
  parameter: Template | undefined;
}

/**
 * Families with one scope differ in method only: what is an id below GET is one below DELETE, so
 * their templates are best drawn from the tries of all of them.
 */
export function templateScope(family: Family): string {
  return JSON.stringify([family.workload, family.protocol, family.separator]);
}

/**
 * Draws templates from the paths of all `tries` together, so that every side agrees: what surely
 * varies is a parameter; words are, where their number, their likeness and what hangs below them
 * say so. `weight` is a value's number of calls; `hints` are templates (`/users/{name}/repos`) that
 * go before what is learned. Deterministic, and independent of order.
 */
export function drawTemplates<T>(
  tries: readonly PathTrie<T>[],
  weight: (value: T) => number,
  hints: readonly string[] = [],
): Templates {
  const told = hintTree(hints);
  const root = newEvidence();
  for (const trie of tries) {
    for (const [segments, value] of trie.leaves()) {
      if (!told.of(segments)) addPath(root, segments, weight(value));
    }
  }
  const elsewhere = valuesIn(root);
  const tree = draw([root], { before: [], elsewhere, judged: new WeakMap() });
  return { of: (segments) => told.of(segments) ?? follow(tree, segments) };
}

/** Words found to be values somewhere, by drawing once: an owner's name is one wherever it stands. */
function valuesIn(root: Evidence): ReadonlySet<string> {
  const found = new Set<string>();
  const position = { before: [], elsewhere: new Set<string>(), judged: new WeakMap() };
  draw([root], position, (word) => {
    if (word.includes('-') || !isVocabulary(word)) found.add(word);
  });
  return found;
}

/** Draws below nodes that are one position of the template. */
function draw(
  nodes: readonly Evidence[],
  position: Position,
  onValue?: (word: string) => void,
): Template {
  const children = new Map<string, Evidence[]>();
  for (const node of nodes) {
    for (const [token, child] of node.children) {
      const same = children.get(token);
      if (same) same.push(child);
      else children.set(token, [child]);
    }
  }
  const merged = new Map([...children].map(([token, same]) => [token, together(same)]));
  const values = valuesAmong(merged, position);
  const template: Template = { words: new Map(), parameter: undefined };
  const varying: Evidence[] = [];
  const below = (token: string) => ({ ...position, before: [...position.before, token] });
  for (const [token, child] of merged) {
    if (values.has(token)) onValue?.(token);
    if (isParameter(token) || values.has(token)) varying.push(child);
    else template.words.set(token, draw([child], below(token), onValue));
  }
  if (varying.length > 0) template.parameter = draw(varying, below(PARAMETER), onValue);
  return template;
}

function follow(tree: Template, segments: readonly string[]): string[] {
  const out: string[] = [];
  let node: Template | undefined = tree;
  for (const segment of segments) {
    const word: Template | undefined = node?.words.get(segment);
    const isValue: boolean = !word && (isParameter(segment) || node?.parameter !== undefined);
    out.push(isValue ? PARAMETER : segment);
    node = word ?? (isValue ? node?.parameter : undefined);
  }
  return out;
}
