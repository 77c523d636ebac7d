import { Profile } from './profile.ts';

/** One profile of all; those given may be taken over, so don't use them afterwards. */
export function mergeAll(profiles: readonly Profile[]): Profile {
  const [whole = new Profile(), ...others] = profiles;
  for (const other of others) whole.merge(other);
  return whole;
}
