import { pathTokens } from '../calls/segment-path.ts';
import { fitsGlob } from '../support/glob.ts';

interface Hint {
  readonly words: Map<string, Hint>;
  parameter: Hint | undefined;
  ends: boolean;
}

/** Templates that a user or an API document gave, such as `/users/{name}/repos`. */
export interface Hints {
  /** The hint that these tokens match whole, or undefined; a word goes before a parameter. */
  readonly of: (segments: readonly string[]) => readonly string[] | undefined;
}

const MAX_HINTS = 10_000;

/** Reads hints; keys of stores are hinted with `:` (`cart:{user}`). */
export function hintTree(hints: readonly string[]): Hints {
  const root = newHint();
  for (const hint of hints.slice(0, MAX_HINTS)) {
    let node = root;
    for (const token of tokensOf(hint)) node = step(node, token);
    node.ends = true;
  }
  return { of: (segments) => (hints.length === 0 ? undefined : match(root, segments, 0)) };
}

/** A hint in its parts: `orders GET /v1/{tenant}/items`, of which workload and method may be missing. */
const PARTS = /^(?:([^\s/{][^\s]*) +)??(?:[A-Z]+ +)?(\S+)$/;

/** Whether a text has the form of a hint. */
export function isHint(hint: string): boolean {
  return PARTS.test(hint.trim()) && /[{/:.]/.test(hint);
}

/** The hints that mean the operations of a workload, without its name. */
export function hintsFor(workload: string, hints: readonly string[]): string[] {
  return hints.flatMap((hint) => {
    const [, whose, path] = PARTS.exec(hint.trim()) ?? [];
    return path !== undefined && fitsGlob(whose ?? '*', workload) ? [path] : [];
  });
}

/** A method in front (`GET /users/{name}`) is let pass: templates are shared by all methods. */
function tokensOf(given: string): string[] {
  const hint = given.trim().replace(/^[A-Z]+ +/, '');
  if (hint.includes('/')) return pathTokens(hint);
  return hint.split(/[:.]/).flatMap((part) => pathTokens(part));
}

function step(node: Hint, token: string): Hint {
  if (token.startsWith('{')) {
    node.parameter ??= newHint();
    return node.parameter;
  }
  let next = node.words.get(token);
  if (!next) {
    next = newHint();
    node.words.set(token, next);
  }
  return next;
}

/** Depth first; a path has at most 25 tokens, and a branch exists only where hints branch. */
function match(node: Hint, segments: readonly string[], at: number): string[] | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.ends ? [] : undefined;
  const word = node.words.get(segment);
  const tail = word && match(word, segments, at + 1);
  if (tail) return [segment, ...tail];
  const rest = node.parameter && match(node.parameter, segments, at + 1);
  return rest && ['{id}', ...rest];
}

function newHint(): Hint {
  return { words: new Map(), parameter: undefined, ends: false };
}
