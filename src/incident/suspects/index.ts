import type { Change } from '../change.ts';
import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Suspicion } from '../suspect.ts';
export function suspectsOf(
  _: IncidentCase,
  __: readonly Change[],
  ___: readonly Failure[],
): Suspicion {
  return { suspects: [], abstained: ['nothing'], next: [] };
}
