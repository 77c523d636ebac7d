import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
export function changesOf(_: IncidentCase): readonly Change[] {
  return [];
}
