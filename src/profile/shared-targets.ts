import type { Target } from '../calls/target.ts';
import { Shared } from '../support/shared.ts';

/** One object for equal targets. */
export function sharedTargets(): Shared<Target> {
  return new Shared(keyOf, isEqual);
}

function keyOf({ workload, method, segments }: Target): string {
  return `${workload} ${method} ${segments.join(' ')}`;
}

function isEqual(a: Target, b: Target): boolean {
  return (
    a.workload === b.workload &&
    a.protocol === b.protocol &&
    a.method === b.method &&
    a.separator === b.separator &&
    a.mutation === b.mutation &&
    a.segments.length === b.segments.length &&
    a.segments.every((segment, i) => segment === b.segments[i])
  );
}
