import { pairOperations } from '../../compare/pairs.ts';
import { Profile } from '../../profile/profile.ts';
import { byCodeUnit } from '../../support/json.ts';

/** Fewer calls suggest no budget. */
const LEAST_CALLS = 20;
/** Names as people write them; others would have to be escaped in a comment, and fit nothing then. */
const PLAIN = /^[\x20-\x7e]{1,300}$/;

export interface SeenOperation {
  /** In plain form. */
  readonly name: string;
  /** Whether it is called by a path of segments. */
  readonly isPath: boolean;
  readonly calls: number;
  /** ms */
  readonly p95: number;
}

/** What of a capture a configuration may be about. */
export interface Seen {
  /** In code-unit order. */
  readonly namespaces: readonly string[];
  /** Busiest first. */
  readonly operations: readonly SeenOperation[];
}

/** The operations that were called often enough to say something of them. */
export function seenOperations(profile: Profile): SeenOperation[] {
  const { pairs } = pairOperations(profile, new Profile());
  return pairs
    .filter(({ operation, base }) => base.count >= LEAST_CALLS && PLAIN.test(operation))
    .map(({ operation, family, base }) => ({
      name: operation,
      isPath: family.separator === '/',
      calls: base.count,
      p95: base.latency.total().quantile(0.95),
    }))
    .filter(({ p95 }) => Number.isFinite(p95))
    .sort((a, b) => b.calls - a.calls || byCodeUnit(a.name, b.name));
}

/** Namespaces that may be named in a scope. */
export function plainNames(names: Iterable<string>): string[] {
  return [...names].filter((name) => PLAIN.test(name)).sort(byCodeUnit);
}
