import { createHash } from 'node:crypto';
import { encodeProfile } from '../profile/codec.ts';
import { Profile } from '../profile/profile.ts';
import type { ShardLabel, ShardProfile } from '../store/shard-form.ts';
import { CaptureError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { shardName } from './shard-label.ts';

/** At most so many missing shards are named. */
const MOST_NAMED = 20;

/**
 * Puts profiles together as they come, in any order: two are in memory at a time. Shards must be of one
 * whole; each shard, and each profile, is counted once.
 */
export class ShardMerge {
  readonly profile = new Profile();
  readonly #shards = new Set<number>();
  /** Names of the profiles that are no shards, by what they hold. */
  readonly #names = new Map<string, string>();
  #first: { readonly name: string; readonly label: ShardLabel | undefined } | undefined;

  /** Takes a profile over, which `name` tells from others. Throws CaptureError where it doesn't belong. */
  add(name: string, { profile, label }: ShardProfile): void {
    this.#first ??= { name, label };
    const first = this.#first.label;
    if (first?.set !== label?.set) {
      const [one, other] = [told(this.#first.name, first), told(name, label)];
      throw new CaptureError(`these don't belong together: ${one}, and ${other}`, {
        hint: 'merge shards of one input, cut into as many and made with the same options',
      });
    }
    for (const shard of label?.shards ?? []) {
      if (this.#shards.has(shard)) {
        throw new CaptureError(
          `shard ${shardName(shard, label?.count ?? 0)} is there twice, again in ${name}`,
          { hint: 'name each shard once: its calls would be counted twice' },
        );
      }
      this.#shards.add(shard);
    }
    if (!label && profile.capture.calls > 0) this.#requireNew(name, profile);
    this.profile.merge(profile);
  }

  /** Two captures never have the same calls; those of two nodes, or of two workloads, may have one time. */
  #requireNew(name: string, profile: Profile): void {
    const content = createHash('sha256').update(encodeProfile(profile)).digest('hex');
    const other = this.#names.get(content);
    if (other !== undefined) {
      const which = other === name ? `${name} is named twice` : `${name} is the same as ${other}`;
      throw new CaptureError(which, {
        hint: 'name each profile once: its calls would be counted twice',
      });
    }
    this.#names.set(content, name);
  }

  /** What the shards so far are together; undefined for profiles that are no shards. */
  get label(): ShardLabel | undefined {
    const label = this.#first?.label;
    return label && { ...label, shards: [...this.#shards].sort((a, b) => a - b) };
  }

  /** Throws CaptureError that names the shards that are missing. */
  requireAll(): void {
    const { count = 0 } = this.label ?? {};
    const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !this.#shards.has(i));
    if (missing.length > 0) throw lacking(missing, count);
  }
}

/** Says which shards are missing, the first of them by name; `where`: in which place. */
export function lacking(missing: readonly number[], count: number, where = ''): CaptureError {
  const names = missing.slice(0, MOST_NAMED).map((index) => shardName(index, count));
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  return new CaptureError(
    `${missing.length} of ${count} shards missing${where}: ${names.join(', ')}${more}`,
    { hint: 'run these shards again; those that are there are not made again' },
  );
}

function told(name: string, label: ShardLabel | undefined): string {
  if (!label) return `${name} is no shard`;
  return `${name} is of ${visible(label.input, 300)}, cut into ${label.count}`;
}
