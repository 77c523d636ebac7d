import { parsePlace } from '../store/place.ts';
import { decodedBy } from '../store/read-stored.ts';
import { decodeShard, type ShardProfile } from '../store/shard-form.ts';
import type { Store } from '../store/store.ts';
import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { openPlace } from './baseline-store.ts';
import type { CommandIO } from './command.ts';
import { shardName } from './shard-label.ts';

/** The store of one shard's result in a place for all of them. Throws UsageError. */
export function openShardStore(
  into: string,
  index: number,
  count: number,
  io: CommandIO,
): Promise<Store> {
  const digits = String(count).length;
  const name = `shard-${String(index).padStart(digits, '0')}-of-${count}.json.zst`;
  const [folder = '', query] = into.startsWith('s3:') ? into.split(/(?=\?)/, 2) : [into];
  const place = `${folder.replace(/(?<=.)\/+$/, '')}/${name}${query ?? ''}`;
  const { kind } = parsePlace(place);
  if (kind !== 'file' && kind !== 's3') {
    throw new UsageError(
      `shard ${shardName(index, count)} can't be kept in ${visible(into, 200)}`,
      {
        hint: 'shards are kept in a folder or at s3://BUCKET/PREFIX',
      },
    );
  }
  return openPlace(place, io);
}

/** The shard's result that a store holds; undefined where there is none yet. Throws CaptureError for what is none. */
export async function readShard(store: Store): Promise<ShardProfile | undefined> {
  const stored = await store.read();
  return stored && decodedBy(decodeShard, store.name, stored.bytes);
}
