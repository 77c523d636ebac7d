import { hash32 } from '../support/hash.ts';
import type { Call } from './call.ts';

/** An id in a path: letters and digits with a digit among them, but no version (`v2`). */
const ID = /(?:^|[/:.=])(?!v\d{1,3}(?:[/.?]|$))[^/?:.=]{0,64}\d/;
/** Members of a body that name things: how their name ends, and the value as it is written. */
const BODY_IDS = /"[A-Za-z_]{0,40}(id|Id|ID|sku|slug)"\s{0,4}:\s{0,4}("[^"]{1,128}"|\d{1,20})/g;
/** By these it is another thing than that which the call is about. */
const OF_OTHERS: ReadonlySet<string> = new Set(['sku', 'slug']);
/** A part of a path, or the value of a parameter that is an id by its name. */
const NAMED =
  /(?:^|[/:])(?!v\d{1,3}(?:[/?]|$))([^/?:&=]{0,64}\d[^/?:&=]{0,64})(?=[/:?]|$)|[?&][\w-]{0,40}(?:id|Id|ID)=([^&]{0,64}\d[^&]{0,64})(?=&|$)/g;
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const MAX_PATH = 1024;
const HEAD = 1024;
const TAIL = 512;
const NO_IDS: readonly string[] = [];
const MOST_IDS = 4;

/** What a call is about. */
export interface Subject {
  readonly hash: number;
  /** Told by what the request says at large, not by an id: requests can't be judged by it. */
  readonly isRequest: boolean;
  /** Ids that the request names, numbers also as numbers: what its answer may repeat, and calls made for it pass on. */
  readonly ids: readonly (string | number)[];
}

/**
 * What a call is about: its path with the query, and the first id in its body or else all of it; or,
 * where these are the same for everybody, who asks. Calls about one thing are answered alike, so they
 * are not independent of each other.
 */
export function subjectOf({ path, requestBody, requestHeaders }: Call): Subject {
  const body = requestBody.state === 'whole' ? requestBody.text : '';
  const target = path.length > MAX_PATH ? path.slice(0, MAX_PATH) : path;
  const isAsked = target.includes('?');
  if (body === '' && !isAsked && !ID.test(target)) {
    const who = `${requestHeaders.get('authorization') ?? ''} ${requestHeaders.get('cookie') ?? ''}`;
    if (who !== ' ') return { hash: hash32(who), isRequest: false, ids: NO_IDS };
  }
  if (body === '') return { hash: hash32(target), isRequest: isAsked, ids: idsIn(target) };
  const head = body.slice(0, HEAD);
  const ids: string[] = [];
  let id: string | undefined;
  for (const [, name = '', value = ''] of head.matchAll(BODY_IDS)) {
    if (!OF_OTHERS.has(name)) id ??= value;
    ids.push(value.startsWith('"') ? value.slice(1, -1) : value);
  }
  return {
    hash: hash32(`${target} ${id ?? `${head} ${body.slice(-TAIL)}`}`),
    isRequest: isAsked || id === undefined,
    ids: idsIn(target, ids),
  };
}

/** Those in the target, then those of a body. */
function idsIn(target: string, ofBody: readonly string[] = NO_IDS): Subject['ids'] {
  const named = ID.test(target)
    ? [...target.matchAll(NAMED)].map(([, part, value]) => part ?? value ?? '')
    : NO_IDS;
  if (named.length + ofBody.length === 0) return NO_IDS;
  return [...new Set([...named, ...ofBody])]
    .slice(0, MOST_IDS)
    .flatMap((id) => (WHOLE_NUMBER.test(id) ? [id, Number(id)] : [id]));
}
