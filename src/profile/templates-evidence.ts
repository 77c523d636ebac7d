import { isSuffix, varies } from '../calls/segment.ts';

/** The token that every parameter of a template reads as. */
export const PARAMETER = '{id}';

/** What was seen below one position, both captures together. */
export interface Evidence {
  /** Weight of the paths that end here. */
  own: number;
  /** Weight of all paths through here. */
  total: number;
  readonly children: Map<string, Evidence>;
}

export function newEvidence(): Evidence {
  return { own: 0, total: 0, children: new Map() };
}

/** Counts one path of tokens. */
export function addPath(root: Evidence, segments: readonly string[], weight: number): void {
  let node = root;
  node.total += weight;
  for (const segment of segments) {
    let child = node.children.get(segment);
    if (!child) {
      child = newEvidence();
      node.children.set(segment, child);
    }
    node = child;
    node.total += weight;
  }
  node.own += weight;
}

/** The sum of nodes. */
export function together(nodes: readonly Evidence[]): Evidence {
  const [first, ...others] = nodes;
  if (first && others.length === 0) return first;
  const sum = newEvidence();
  for (const node of nodes) merge(sum, node);
  return sum;
}

function merge(into: Evidence, from: Evidence): void {
  into.own += from.own;
  into.total += from.total;
  for (const [token, child] of from.children) {
    let same = into.children.get(token);
    if (!same) {
      same = newEvidence();
      into.children.set(token, same);
    }
    merge(same, child);
  }
}

/** Whether a token is a parameter whatever stands beside it; `Users({id})` keeps its name. */
export function isParameter(token: string): boolean {
  return varies(token) && !isSuffix(token) && !token.endsWith('({id})');
}
