/** The same of the baseline and of the candidate. */
export interface Sides<T> {
  readonly base: T;
  readonly cand: T;
}

/** Which of the two. */
export type SideName = keyof Sides<unknown>;
