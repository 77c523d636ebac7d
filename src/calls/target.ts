/**
 * What a call asks for, before path templates are drawn: a pure function of the one call, so that
 * every shard of a capture names it alike. `segments` are tokens: a literal word, or the class of
 * what surely varies (`{uuid}`, `{int}`, …). Braces in the original are percent-encoded.
 */
export interface Target {
  /** Destination workload's name. */
  readonly workload: string;
  readonly protocol: string;
  readonly method: string;
  /** How segments join into the plain form. */
  readonly separator: '/' | ':' | '.' | '';
  readonly segments: readonly string[];
  /** Whether such a call changes data (SQL write, Redis write, non-safe HTTP method, produced message). */
  readonly mutation: boolean;
}

/** The part of a target that templates never touch; one path trie each. */
export interface Family {
  readonly workload: string;
  readonly protocol: string;
  readonly method: string;
  readonly separator: Target['separator'];
  readonly mutation: boolean;
}
