import { type Answer, failure, notAccessible, notFound } from './answer.ts';
import type { State, Token } from './state.ts';

export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What a handler is given: the request, its path's parts, and whose token it bears. */
export interface Call extends Request {
  readonly state: State;
  readonly token: Token;
  readonly parts: readonly string[];
  json(): Record<string, unknown>;
}

export interface Route {
  readonly method: string;
  /** Below `/repos/OWNER/REPO`; `*` is one segment, `**` the rest. */
  readonly path: string;
  /** The permissions of which one is needed: its scope and `read` or `write`; none is metadata. */
  readonly needs: readonly (readonly [scope: string, access: 'read' | 'write'])[];
  readonly handle: (call: Call) => Answer;
}

/** Answers a request to the REST API of one repository. */
export function answerRest(routes: readonly Route[], state: State, request: Request): Answer {
  const [, given] = /^(?:token|bearer) (.+)$/i.exec(String(request.headers.authorization)) ?? [];
  const token = state.tokens.get(given ?? '');
  if (!token)
    return failure(401, given === undefined ? 'Requires authentication' : 'Bad credentials');
  const [, owner, repo, rest = ''] =
    /^\/repos\/([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(request.url.pathname) ?? [];
  if (`${owner}/${repo}`.toLowerCase() !== state.repository.full_name.toLowerCase())
    return notFound();
  for (const route of routes) {
    const parts = route.method === request.method ? match(route.path, rest) : undefined;
    if (!parts) continue;
    if (!allowed(route, token)) return notAccessible();
    const json = () => JSON.parse(request.body.toString('utf8')) as Record<string, unknown>;
    return route.handle({ ...request, state, token, parts, json });
  }
  return notFound();
}

function allowed({ needs }: Route, { permissions }: Token): boolean {
  if (needs.length === 0) return true;
  return needs.some(
    ([scope, access]) => permissions[scope] === 'write' || permissions[scope] === access,
  );
}

function match(pattern: string, path: string): string[] | undefined {
  const source = pattern
    .split('/')
    .map((part) => (part === '**' ? '(.+)' : part === '*' ? '([^/]+)' : part))
    .join('/');
  const found = new RegExp(`^${source}$`).exec(path);
  return found?.slice(1).map(decodeURIComponent);
}
