import { createHash } from 'node:crypto';
import type { ShardLabel } from '../store/shard-form.ts';
import { VERSION } from '../version.ts';
import type { Inputs, Shard } from './options.ts';
import type { ShardSource } from './shard-source.ts';

/** What a shard's profile is called by: all that its bytes depend on makes the set it belongs to. */
export function labelOf(source: ShardSource, { index, count }: Shard, inputs: Inputs): ShardLabel {
  const { identity, redact } = inputs;
  const rules = identity.map(({ by, pattern, workload }) => [by, pattern, workload]);
  const all = JSON.stringify([VERSION, count, rules, redact, source.identity]);
  const set = createHash('sha256').update(all).digest('hex').slice(0, 32);
  return { set, input: source.input, count, shards: [index] };
}

/** A shard as `--shard` takes it. */
export function shardName(index: number, count: number): string {
  return `${index}/${count}`;
}
