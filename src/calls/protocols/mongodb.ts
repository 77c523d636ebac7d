import { redactedName } from '../redacted-name.ts';
import { fixed } from '../segment.ts';
import type { Protocol } from './protocol.ts';
import { methodOf, objectOf, textMember } from './text.ts';

const writes: ReadonlySet<string> = new Set([
  'INSERT',
  'UPDATE',
  'DELETE',
  'FINDANDMODIFY',
  'BULKWRITE',
  'CREATE',
  'CREATEINDEXES',
  'DROP',
  'DROPDATABASE',
  'DROPINDEXES',
  'RENAMECOLLECTION',
  'COLLMOD',
  'MAPREDUCE',
]);

/** MongoDB: command and collection (`db.collection` where the path says so). */
export const mongodb: Protocol = (call) => {
  const method = methodOf(call.method);
  const body = objectOf(call.requestBody);
  const named = [...(body ?? [])].find(([name]) => name.toUpperCase() === method)?.[1];
  const collection =
    collectionIn(call.path, method) ||
    (typeof named === 'string' ? named : (textMember(body, 'collection') ?? ''));
  const name = redactedName(collection.slice(0, 255));
  const stages = method === 'AGGREGATE' ? body?.get('pipeline') : undefined;
  return {
    method,
    separator: '',
    segments: name === '' ? [] : [fixed(name.replace(/[^\w.$-]/g, '_'))],
    mutation: writes.has(method) || (Array.isArray(stages) && stages.some(isStore)),
  };
};

/** A path may be the whole command (`find orders {"id": 7}`), whose filter is data. */
function collectionIn(path: string, method: string): string {
  const [first = '', second = ''] = path
    .trim()
    .replace(/^\/+/, '')
    .split(/[\s{(]+/, 2);
  return first.toUpperCase() === method ? second : first;
}

/** Stages that write what an aggregation finds. */
function isStore(stage: unknown): boolean {
  return typeof stage === 'object' && stage !== null && ('$out' in stage || '$merge' in stage);
}
