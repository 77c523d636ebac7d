import { decodeProfile, encodeProfile } from './codec.ts';
import type { Profile } from './profile.ts';

/** A profile that shares nothing with the original. */
export function copyOf(profile: Profile): Profile {
  return decodeProfile(encodeProfile(profile));
}
