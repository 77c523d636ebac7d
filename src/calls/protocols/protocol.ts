import type { Call } from '../call.ts';

/**
 * What a call asks for, before path templates are drawn: a pure function of the one call, so that
 * every shard of a capture names it alike. `segments` are tokens, as `../segment.ts` describes them.
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

/** What a protocol reads out of a call. */
export interface Asked {
  /** When it is more specific than the call's own: `graphql` over HTTP. */
  readonly protocol?: string;
  readonly method: string;
  readonly separator: Target['separator'];
  readonly segments: readonly string[];
  readonly mutation: boolean;
}

/** How one protocol says what a call asks for. Pure, linear in what it reads, never throws. */
export type Protocol = (call: Call) => Asked;
