import { fitsGlob } from '../support/glob.ts';

/** What an operation must show in the candidate, whatever the baseline was. */
export interface Requirement {
  /** Plain form, `orders POST /orders`; a star stands for any text. */
  readonly operation: string;
  /** Calls that must be seen; 1 when unsaid. */
  readonly minCalls?: number | undefined;
  /** ms */
  readonly maxP95?: number | undefined;
  readonly maxP99?: number | undefined;
  /** Share (0…1) of the calls that may fail by the server's fault. */
  readonly maxErrorShare?: number | undefined;
}

/** Whether an operation is meant. */
export function isMeant({ operation: pattern }: Requirement, operation: string): boolean {
  return fitsGlob(pattern, operation);
}
