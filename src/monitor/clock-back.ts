import { CaptureError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';

/** So far the clock may go back before that is told, ms. */
const CLOCK_MS = 600_000;

/** Whether traffic was judged already that is yet to come: the clock was wrong, or is. Unix ms. */
export function isAhead(judgedTo: number | undefined, now: number): boolean {
  return (judgedTo ?? now) - now > CLOCK_MS;
}

/** What is told of such a clock. */
export function clockWentBack(judgedTo: number, now: number): CaptureError {
  return new CaptureError(
    `the clock says ${iso(now)}, and traffic was judged up to ${iso(judgedTo)}`,
    { hint: 'set the clock right; if it was wrong before, begin anew with another --state' },
  );
}
