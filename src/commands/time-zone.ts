import type { Inputs } from './options.ts';

/** The zone of times that are told without one: that asked for, else that of this machine. */
export function zoneOf({ timeZone }: Pick<Inputs, 'timeZone'>): string {
  return timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
