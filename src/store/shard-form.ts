import { z } from 'zod';
import { encodeProfile, parseJson, profileOf } from '../profile/codec.ts';
import { asItIs, upgraded, type Versions } from '../profile/format-version.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { decodeBaseline } from './stored-form.ts';

const VERSION = 1;
const VERSIONS: Versions = new Map([[VERSION, asItIs]]);
const MAX_SHARDS = 99_999;
const START = /^\s*\{\s*"wireproof"\s*:\s*"profile"\s*,\s*"shardVersion"/;

const label = z.strictObject({
  /** The same for all shards that belong together, and hardly for others. */
  set: z.string().regex(/^[0-9a-f]{32}$/),
  /** What was cut, for people. */
  input: z.string().max(4096),
  count: z.int().min(1).max(MAX_SHARDS),
  /** Which of them are in it, from 0, in order. */
  shards: z.array(z.int().min(0)).min(1).max(MAX_SHARDS),
});
const file = z.strictObject({
  wireproof: z.literal('profile'),
  shardVersion: z.literal(VERSION),
  shard: label,
  profile: z.unknown(),
});

/** Which shards of which whole a profile is of. */
export type ShardLabel = Readonly<z.output<typeof label>>;

export interface ShardProfile {
  readonly profile: Profile;
  /** Absent in a profile that is no part of anything. */
  readonly label?: ShardLabel;
}

/**
 * The form in which a part is kept: `{"wireproof":"profile","shardVersion":1,"shard":LABEL,
 * "profile":PROFILE}`. It is read by who merges, and refused by who takes it for the whole.
 */
export function encodeShard(profile: Profile, { set, input, count, shards }: ShardLabel): string {
  const shard = { set, input, count, shards };
  const head = JSON.stringify({ wireproof: 'profile', shardVersion: VERSION, shard });
  return `${head.slice(0, -1)},"profile":${encodeProfile(profile).trimEnd()}}\n`;
}

/** Reads a part, or any other profile, of windows their whole. Throws RangeError with the reason. */
export function decodeShard(text: string): ShardProfile {
  if (!START.test(text)) return { profile: mergeAll(decodeBaseline(text).windows) };
  const parsed = file.safeParse(upgraded(parseJson(text), 'shardVersion', VERSIONS));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RangeError(`${issue?.path.join('.') || 'top level'}: ${issue?.message}`);
  }
  const { shard, profile } = parsed.data;
  const inOrder = shard.shards.every((n, i, all) => n < shard.count && n > (all[i - 1] ?? -1));
  if (!inOrder) throw new RangeError('shard.shards: they are not in order, or not of the whole');
  return { profile: profileOf(profile), label: shard };
}
