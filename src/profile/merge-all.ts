import { Profile } from './profile.ts';

/** One profile of all; those given may be taken over, so don't use them afterwards. */
export function mergeAll(profiles: readonly Profile[]): Profile {
  const whole = new Profile();
  for (const profile of profiles) whole.merge(profile);
  return whole;
}
