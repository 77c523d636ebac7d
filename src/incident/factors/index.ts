import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';
export function factorsOf(_: IncidentCase, __: readonly Change[]): Factor[] {
  return [];
}
