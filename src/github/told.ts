import type { Outcome } from '../commands/command.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** What a run of the Action has to tell GitHub. */
export type Told =
  | { readonly kind: 'judged'; readonly judgement: Judgement; readonly exitCode: number }
  /** No verdict, and why. */
  | { readonly kind: 'failed'; readonly reason: string };

/** How it ended, in one word that a check, a status and a deployment each have a name for. */
export type Conclusion = 'success' | 'failure' | 'neutral' | 'error';

/** What there is to tell of an outcome; undefined where nothing was judged. */
export function toldOf({ judgement, exitCode }: Outcome): Told | undefined {
  return judgement && { kind: 'judged', judgement, exitCode };
}

/**
 * Success only for a PASS. Another verdict that the step passes all the same (a dry run, or
 * inconclusive and allowed) is neutral; INCONCLUSIVE and no verdict at all are errors.
 */
export function conclusionOf(told: Told): Conclusion {
  if (told.kind === 'failed') return 'error';
  const { verdict } = told.judgement;
  if (verdict === 'PASS') return 'success';
  if (told.exitCode === 0) return 'neutral';
  return verdict === 'FAIL' ? 'failure' : 'error';
}

/** `FAIL: 2 breaking differences, …`: plain text, not escaped for any format. */
export function headlineOf(told: Told): string {
  if (told.kind === 'failed') return `no verdict: ${told.reason}`;
  const { verdict, reasons } = told.judgement;
  return reasons[0] === undefined ? verdict : `${verdict}: ${reasons[0]}`;
}
