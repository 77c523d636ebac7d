import { createHash } from 'node:crypto';

/** Where a sink posts to. Addresses may be secrets: neither the address nor its path is ever told. */
export interface Endpoint {
  /** Without user and password. */
  readonly url: URL;
  /** `Authorization`, where the address holds user and password. */
  readonly authorization: string | undefined;
  /** Host and port. */
  readonly host: string;
  /** Tells addresses apart without telling them. */
  readonly hash: string;
}

/** Throws TypeError on what is no address. */
export function endpointOf(address: string): Endpoint {
  const url = new URL(address);
  const { username, password, host } = url;
  const pair = [username, password].map(decodeURIComponent).join(':');
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url,
    authorization:
      pair === ':' ? undefined : `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`,
    host,
    hash: createHash('sha256').update(address).digest('hex').slice(0, 8),
  };
}
