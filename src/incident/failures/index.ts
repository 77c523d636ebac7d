import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
export function failuresOf(_: IncidentCase): readonly Failure[] {
  return [];
}
