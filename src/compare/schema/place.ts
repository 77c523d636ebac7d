import type { MessageProfile } from '../../profile/message.ts';
import { BODY_KINDS } from '../../profile/schema/decode.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import type { OperationPair } from '../pairs.ts';
import type { Side } from './rules.ts';

/** What a schema finding's `path` points at. */
export interface Place {
  readonly side: Side;
  /** Of a response. */
  readonly status: string | undefined;
  /** `json`, `form`, … or `query`. */
  readonly part: string;
  /** JSON pointer with stars. */
  readonly pointer: string;
}

/** Reads the `path` of a schema finding back; undefined for another kind of path. */
export function parsePlace(path: string): Place | undefined {
  const start = path.indexOf(' /');
  const head = start < 0 ? path : path.slice(0, start);
  const pointer = start < 0 ? '' : path.slice(start + 1);
  const [side, ...rest] = head.split(' ');
  if (side !== 'request' && side !== 'response') return undefined;
  if (rest.includes('header')) return undefined;
  const last = rest.at(-1) ?? '';
  const named = last === 'query' || BODY_KINDS.some((kind) => kind === last);
  const status = (named ? rest.slice(0, -1) : rest).join(' ');
  return { side, status: status || undefined, part: named ? last : 'json', pointer };
}

/** The schemas of both sides that a place lies in. */
export function schemasAt(
  pair: OperationPair,
  place: Place,
): { readonly base: SchemaNode | undefined; readonly cand: SchemaNode | undefined } {
  const find = (side: 'base' | 'cand') => {
    const stats = pair[side];
    const message =
      place.side === 'request'
        ? stats.request
        : stats.statuses.find(([status]) => status === place.status)?.[1].response;
    return message && schemaOf(message, place.part);
  };
  return { base: find('base'), cand: find('cand') };
}

function schemaOf(message: MessageProfile, part: string): SchemaNode | undefined {
  if (part === 'query') return message.query;
  const kind = BODY_KINDS.find((known) => known === part);
  return kind && message.schema(kind);
}
