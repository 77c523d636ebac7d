import { visible } from '../support/escape.ts';

/** A permission that a job gives its token, as `pull-requests: write`. */
export type Permission =
  | 'actions: read'
  | 'checks: write'
  | 'contents: read'
  | 'deployments: read'
  | 'deployments: write'
  | 'issues: write'
  | 'pull-requests: read'
  | 'pull-requests: write'
  | 'statuses: write';

/** Why a request failed, in one line; a refusal names the permission that would have done. */
export function explainFailure(what: string, error: unknown, permission: Permission): string {
  const status = statusOf(error);
  const message = visible(messageOf(error), 300);
  if (isRateLimit(error)) return `${what}: GitHub limits the rate of requests (${message})`;
  if (status === 401) return `${what}: GitHub does not know the token in github-token (${message})`;
  if (status === 403 || status === 404) {
    return `${what}: GitHub answered ${status} (${message}); the job's token needs the permission ${permission}`;
  }
  return `${what}: ${status === undefined ? '' : `GitHub answered ${status}: `}${message}`;
}

/** The HTTP status of a failed request; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  return error instanceof Error && typeof status === 'number' ? status : undefined;
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // The client appends the documentation's address.
  return text.replace(/ - https:\/\/docs\.github\.com\S*$/, '');
}

/** Whether a request failed for want of patience. */
export function isRateLimit(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== 403 && status !== 429) return false;
  const headers = (error as { response?: { headers?: Record<string, unknown> } }).response?.headers;
  return headers?.['x-ratelimit-remaining'] === '0' || /rate limit/i.test(messageOf(error));
}
