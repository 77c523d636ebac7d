/** A span that should be around a call: it is there, or known to be missing. */
export type SpanState = 'there' | 'lost';

/**
 * What the spans of a call tell of those around it, where they tell. What the caller was handling when
 * it made the call; the caller's span of it; the callee's, of a call that was answered.
 */
export interface SpanGaps {
  readonly handled?: SpanState | undefined;
  readonly caller?: SpanState | undefined;
  readonly callee?: SpanState | undefined;
  /** The callee as the caller's span names it. */
  readonly peer?: string | undefined;
}

export const GAP_ROLES = ['handled', 'caller', 'callee'] as const;
export type GapRole = (typeof GAP_ROLES)[number];
