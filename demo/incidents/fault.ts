/**
 * What a process does wrong from a moment on, while it runs. `path`: only requests whose path begins
 * so. Times are ms, shares 0…1.
 */
export type Fault =
  /** Takes so much longer. The store's every answer comes so much later. */
  | {
      readonly kind: 'slow';
      readonly low: number;
      readonly high: number;
      readonly path?: string;
    }
  /** Answers 500. */
  | { readonly kind: 'failing'; readonly share: number; readonly path?: string }
  /** Ends its connections and takes no more. */
  | { readonly kind: 'refusing' }
  /** Takes requests and never answers. */
  | { readonly kind: 'silent' }
  /** A share of the requests takes a connection to the store and never gives it back. */
  | { readonly kind: 'leaking'; readonly share: number }
  /** Its good answers have another shape: callers that use them can't. */
  | { readonly kind: 'payload' };
