import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, failure } from './answer.ts';
import { answerArtifacts } from './artifact-service.ts';
import { checks } from './checks.ts';
import { comments } from './comments.ts';
import { deployments } from './deployments.ts';
import { issues } from './issues.ts';
import { pulls } from './pulls.ts';
import { answerRest, type Request, type Route } from './route.ts';
import { runs } from './runs.ts';
import { State } from './state.ts';
import { statuses } from './statuses.ts';

const repository: Route = {
  method: 'GET',
  path: '',
  needs: [],
  handle: ({ state }) => ({
    status: 200,
    body: { ...state.repository, default_branch: state.defaultBranch },
  }),
};
const ROUTES = [
  repository,
  ...comments,
  ...issues,
  ...checks,
  ...statuses,
  ...deployments,
  ...runs,
  ...pulls,
];

interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: Answer;
  /** Whether the request is heard all the same, as where the way back breaks. */
  readonly heard: boolean;
  times: number;
}

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** GitHub on loopback. `prefix` is `/api/v3` for one that is like an Enterprise Server. */
export class GitHubStandIn {
  readonly state = new State();
  /** What it was asked, in order. */
  readonly requests: Heard[] = [];
  readonly #faults: Fault[] = [];
  readonly #server: Server;
  readonly #prefix: string;

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.#server = createServer(async (incoming, outgoing) => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      const url = new URL(incoming.url ?? '/', this.origin);
      const { method = 'GET', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(parts) };
      const { status, headers: own, body, bytes } = this.#answer(request);
      this.requests.push({ method, path: url.pathname + url.search, status });
      outgoing.writeHead(status, { ...this.#limits(), ...own });
      outgoing.end(bytes ?? (body === undefined ? undefined : JSON.stringify(body)));
    });
  }

  static async start(prefix = ''): Promise<GitHubStandIn> {
    const standIn = new GitHubStandIn(prefix);
    standIn.#server.listen(0, '127.0.0.1');
    await once(standIn.#server, 'listening');
    return standIn;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get apiUrl(): string {
    return this.origin + this.#prefix;
  }

  /** Answers the next such requests so. */
  fail(method: string, path: RegExp, answer: Answer, { times = 1, heard = false } = {}): void {
    this.#faults.push({ method, path, answer, times, heard });
  }

  /** Fails no more. */
  heal(): void {
    this.#faults.length = 0;
  }

  /** Requests that would change something, as `POST /repos/acme/shop/check-runs`. */
  writes(): string[] {
    return this.requests
      .filter(({ method, path }) => method !== 'GET' && path.includes('/repos/'))
      .map(({ method, path }) => `${method} ${path.slice(this.#prefix.length)}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: Request): Answer {
    const { pathname } = request.url;
    const fault = this.#faults.find(
      (known) => known.times > 0 && known.method === request.method && known.path.test(pathname),
    );
    if (fault) {
      fault.times--;
      if (fault.heard) this.#hear(request);
      return fault.answer;
    }
    return this.#hear(request);
  }

  #hear(request: Request): Answer {
    const { pathname } = request.url;
    const stored = answerArtifacts(this.state, request);
    if (stored) return stored;
    if (request.method === 'POST' && pathname === this.#graphqlPath) return this.#graphql(request);
    if (!pathname.startsWith(`${this.#prefix}/`)) return failure(404, 'Not Found');
    const url = new URL(request.url);
    const answer = answerRest(ROUTES, this.state, {
      ...request,
      url: unprefixed(url, this.#prefix),
    });
    const link = answer.headers?.link;
    if (link === undefined || this.#prefix === '') return answer;
    const prefixed = link.replaceAll(`${this.origin}/`, `${this.apiUrl}/`);
    return { ...answer, headers: { ...answer.headers, link: prefixed } };
  }

  get #graphqlPath(): string {
    return this.#prefix === '' ? '/graphql' : '/api/graphql';
  }

  #graphql({ headers, body }: Request): Answer {
    const [, given] = /^(?:token|bearer) (.+)$/i.exec(String(headers.authorization)) ?? [];
    const token = this.state.tokens.get(given ?? '');
    if (!token) return failure(401, 'Bad credentials');
    const { query } = JSON.parse(body.toString('utf8')) as { query: string };
    if (!/^\s*(?:query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query)) {
      return { status: 200, body: { errors: [{ message: 'the stand-in knows viewer alone' }] } };
    }
    return { status: 200, body: { data: { viewer: { login: token.owner.login } } } };
  }

  #limits(): Record<string, string> {
    return {
      'content-type': 'application/json; charset=utf-8',
      'x-github-request-id': `STAND:IN:${this.requests.length}`,
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '900',
      'x-ratelimit-reset': '4102444800',
      'x-ratelimit-resource': 'core',
    };
  }
}

function unprefixed(url: URL, prefix: string): URL {
  const inner = new URL(url);
  inner.pathname = url.pathname.slice(prefix.length);
  return inner;
}
