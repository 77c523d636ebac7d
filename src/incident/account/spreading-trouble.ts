import type { Change } from '../change.ts';
import { alteredAnswers } from '../failures/unusable.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Suspect } from '../suspect.ts';
import { Trouble } from '../trouble.ts';

/**
 * Trouble as it is passed on, by row. Beside what users would feel: where all of an operation became
 * slower, its calls that are nearer to how it is now than to how it was, though some known-good call
 * took as long; and the answers in another form of an origin whose callers can't use them.
 */
export function spreadingTrouble(
  origin: Suspect,
  given: IncidentCase,
  trouble: Uint8Array,
  changes: readonly Change[],
): Uint8Array {
  const { bad } = given;
  const spreading = trouble.slice();
  const slower = slowerSince(changes);
  const altered = origin.kind === 'payload' ? alteredAnswers(given) : new Set<number>();
  const since = origin.since?.from ?? bad.start;
  for (let row = 0; row < bad.size; row++) {
    if (trouble[row] !== Trouble.none) continue;
    const operation = bad.operation[row] as number;
    const ts = bad.ts[row] as number;
    const change = slower.get(operation);
    if (bad.callee[row] === origin.workload && altered.has(operation) && ts >= since) {
      spreading[row] = Trouble.failed;
    } else if (
      change &&
      ts >= change.from &&
      ts < (change.until ?? Number.POSITIVE_INFINITY) &&
      (bad.latency[row] as number) > Math.sqrt(change.before * change.after)
    ) {
      spreading[row] = Trouble.slow;
    }
  }
  return spreading;
}

/** By operation: since when all of it is slower. */
function slowerSince(changes: readonly Change[]): Map<number, Change> {
  const slower = new Map<number, Change>();
  for (const change of changes) {
    const { place, measure, before, after } = change;
    if (measure !== 'latency' || place.operation === undefined || place.caller !== undefined)
      continue;
    if (after > before) slower.set(place.operation, change);
  }
  return slower;
}
