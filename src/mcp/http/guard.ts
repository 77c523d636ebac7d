import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { askedHost, isLoopback } from '../../support/http-server.ts';

/** Where the protocol is spoken. */
export const PATH = '/mcp';

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Refuses whoever has no business here: a page of another site (by a name that it made point to this
 * machine, or by its origin), and who lacks the token.
 */
export class Guard {
  readonly #loopback: boolean;
  readonly #token: Buffer;

  constructor(host: string, token: string) {
    this.#loopback = isLoopback(host);
    this.#token = digest(token);
  }

  refusal({ url = '', headers }: IncomingMessage): Refusal | undefined {
    if (this.#loopback && !isLoopback(askedHost(headers))) {
      return { status: 421, message: 'this server answers to localhost alone' };
    }
    if (headers.origin !== undefined && !this.#isOwn(headers.origin, headers.host)) {
      return { status: 403, message: 'pages of other sites are not answered' };
    }
    if (url.split('?', 1)[0] !== PATH) return { status: 404, message: `MCP is at ${PATH}` };
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return unauthorised('this server needs a bearer token');
    if (timingSafeEqual(digest(token), this.#token)) return undefined;
    return unauthorised('this is not the token', ', error="invalid_token"');
  }

  #isOwn(origin: string, host: string | undefined): boolean {
    const from = URL.parse(origin);
    if (!from) return false;
    return this.#loopback ? isLoopback(from.hostname) : from.host === host;
  }
}

function unauthorised(message: string, error = ''): Refusal {
  return {
    status: 401,
    message,
    headers: { 'www-authenticate': `Bearer realm="wireproof"${error}` },
  };
}

/** Of one length for all tokens, so that comparing tells nothing of it. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
