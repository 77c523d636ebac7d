import { failureOfStatus, HubFailure } from './hub-failure.ts';

/**
 * `fetch` that never follows a redirect, since it would carry the credentials along. Throws
 * HubFailure when nobody answers, the connection breaks, or a login is asked for.
 */
export async function guardedFetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: 'manual' });
  } catch (error) {
    throw fetchFailure(error, init.signal ?? undefined);
  }
  if (response.status < 300 || response.status === 304) return response;
  if (response.status === 401 || response.status === 403 || isRedirect(response.status)) {
    await response.body?.cancel();
    throw redirectFailure(response);
  }
  return response;
}

const isRedirect = (status: number) => status >= 300 && status < 400;

function redirectFailure(response: Response): HubFailure {
  const { status } = response;
  if (status === 301 || status === 307 || status === 308) {
    const location = response.headers.get('location') ?? 'elsewhere';
    return new HubFailure('unreachable', `HTTP ${status}: it has moved to ${location}`);
  }
  return failureOfStatus(status, '');
}

/** What a failed `fetch` or an aborted body means. Rethrows the caller's own abort. */
export function fetchFailure(error: unknown, signal?: AbortSignal): HubFailure {
  if (error instanceof HubFailure) return error;
  if ((error as Error).name === 'TimeoutError')
    return new HubFailure('timeout', 'no answer in time');
  if (signal?.aborted) throw signal.reason;
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
  const code = cause?.code ?? '';
  const message = cause?.message || (error as Error).message;
  const gone = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  const kind = gone.includes(code) || code.includes('CERT') ? 'unreachable' : 'unavailable';
  return new HubFailure(kind, message, error);
}
