import type { getOctokit } from '@actions/github';

/** GitHub's REST and GraphQL APIs, for one token and one server. */
export type Api = ReturnType<typeof getOctokit>;

export interface ApiAccess {
  readonly token: string;
  /** As `https://api.github.com`; of GHES as `https://HOST/api/v3`. */
  readonly apiUrl: string;
}

/** Tries after the first, where the server fails. */
const RETRIES = 2;
/** A rate limit is waited for so often, and so long each time (s): a gate must not hang for an hour. */
const MAX_WAITS = 2;
const MAX_WAIT_S = 60;
/** One request, from its start to the end of its answer, ms. */
const TIMEOUT_MS = 30_000;

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** What spaces requests that write (by 1 s), and those that notify people (by 3 s). */
export type Pacing = Readonly<Record<'write' | 'notifications', { key(id: string): Spacer }>>;

interface Spacer {
  schedule(options: object, job: () => Promise<void>): Promise<void>;
}

interface Session {
  readonly signal: AbortSignal;
  /** Told of waits. */
  readonly note: (line: string) => void;
  /** Instead of the throttling plugin's own. */
  readonly pacing?: Pacing | undefined;
}

/**
 * The client, its libraries loaded on demand. It tries again where the server fails (5xx) and waits
 * for rate limits, both bounded.
 */
export async function openApi(
  { token, apiUrl }: ApiAccess,
  { signal, note, pacing }: Session,
): Promise<Api> {
  const [{ getOctokit }, { throttling }, { retry }, fetch] = await Promise.all([
    import('@actions/github'),
    import('@octokit/plugin-throttling'),
    import('@octokit/plugin-retry'),
    proxiedFetch(),
  ]);
  const onLimit = (seconds: number, _request: object, _octokit: unknown, waits: number) => {
    if (waits >= MAX_WAITS || seconds > MAX_WAIT_S || signal.aborted) return false;
    note(`GitHub limits the rate of requests: waiting for ${seconds} s`);
    return true;
  };
  const options = {
    baseUrl: apiUrl,
    log: QUIET,
    request: { fetch: bounded(fetch, signal) },
    retry: { retries: RETRIES },
    throttle: { ...pacing, onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
  };
  // The libraries disagree on the version of a type that they share.
  const plugins = [throttling, retry] as unknown as Parameters<typeof getOctokit>[2][];
  return getOctokit(token, options, ...plugins);
}

/** Fetches outside of the API, as from where GitHub redirects to: no token goes along. */
export async function openFetch(signal: AbortSignal): Promise<Fetch> {
  return bounded(await proxiedFetch(), signal);
}

/** The client's own fetch, which honours the proxy that a runner is given. */
async function proxiedFetch(): Promise<Fetch> {
  const { defaults } = await import('@actions/github/lib/utils');
  return defaults.request?.fetch as Fetch;
}

function bounded(fetch: Fetch, signal: AbortSignal): Fetch {
  return (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
}

/** What it would write to the console: nothing that its errors don't say. */
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
