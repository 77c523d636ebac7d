import type { Profile } from '../profile/profile.ts';
import type { Shard } from './options.ts';

/** Traffic that can be profiled in parts. */
export interface ShardSource {
  /** What it is, for people. */
  readonly input: string;
  /** What it is, for programs: parts of sources that differ in it don't belong together. */
  readonly identity: string;
  /** Profiles one part; those of all parts merge to the whole's, to the byte. */
  readonly profile: (shard: Shard) => Promise<Profile>;
}
