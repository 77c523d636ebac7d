import type { Alert } from '../monitor/alert.ts';
import { type Sink, SinkFailure } from '../monitor/sink.ts';
import { UsageError } from '../support/errors.ts';
import { type Api, openApi, type Pacing } from './api.ts';
import type { IssueAccess } from './issue-access.ts';
import { issueBody, issueMarker, issueTitle, saysResolved } from './issue-body.ts';
import { ownLogin } from './own-login.ts';
import { explainFailure, isRateLimit, statusOf } from './permission.ts';

/** Issues looked through for the one of an alert, at most; the newest first. */
const MAX_ISSUES = 1_000;

interface Session {
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  readonly pacing?: Pacing;
}

interface Issue {
  readonly number: number;
  readonly body: string;
}

/**
 * Keeps one issue for each alert: opened when it fires, brought up to date, closed when it is resolved.
 * It is found again by a marker in its body, so that one that is sent twice is one issue. Throws
 * UsageError without a token.
 */
export function issueSink(
  repository: string,
  { token, apiUrl }: IssueAccess,
  session: Session,
): Sink {
  if (token === undefined) {
    throw new UsageError(`--github-issues ${repository}: it takes a token in GITHUB_TOKEN`, {
      hint: 'one with the permission issues: write',
    });
  }
  const [owner = '', repo = ''] = repository.split('/');
  let api: Promise<Api> | undefined;
  return {
    name: `github-issues:${repository}`,
    async deliver(alert) {
      try {
        api ??= openApi({ token, apiUrl }, session);
        await keepIssue(await api, { owner, repo }, alert);
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

type Repository = { readonly owner: string; readonly repo: string };

async function keepIssue(api: Api, where: Repository, alert: Alert): Promise<void> {
  const marker = issueMarker(alert.id);
  const found = await findIssue(api, where, alert, marker);
  const news = { title: issueTitle(alert), body: issueBody(alert) };
  if (!found) {
    // What never was opened need not be closed.
    if (alert.state === 'resolved') return;
    // A request that failed on the way may have been heard: it is not sent again before looking.
    await api.rest.issues.create({ ...where, ...news, request: { retries: 0 } });
    return;
  }
  const state =
    alert.state === 'resolved'
      ? ({ state: 'closed', state_reason: 'completed' } as const)
      : saysResolved(found.body, marker) && ({ state: 'open' } as const);
  await api.rest.issues.update({ ...where, issue_number: found.number, ...news, ...state });
}

/** The alert's issue, open or closed: no older than the alert, and by whom the token belongs to. */
async function findIssue(
  api: Api,
  where: Repository,
  { since }: Alert,
  marker: string,
): Promise<Issue | undefined> {
  const pages = api.paginate.iterator(api.rest.issues.listForRepo, {
    ...where,
    state: 'all',
    since,
    sort: 'created',
    direction: 'desc',
    per_page: 100,
  });
  let seen = 0;
  let me: string | undefined;
  for await (const { data } of pages) {
    for (const { number, body, user } of data) {
      if (!body?.startsWith(marker)) continue;
      me ??= await ownLogin(api);
      if (user?.login === me) return { number, body };
    }
    seen += data.length;
    if (seen >= MAX_ISSUES) break;
  }
  return undefined;
}

function failureOf(error: unknown): SinkFailure {
  const message = explainFailure('cannot keep the issue', error, 'issues: write');
  const status = statusOf(error);
  const limited = isRateLimit(error);
  const passing = limited || status === undefined || status >= 500;
  const headers = (error as { response?: { headers?: Record<string, unknown> } }).response?.headers;
  const seconds = Number(headers?.['retry-after']);
  return new SinkFailure(message, passing, limited && seconds > 0 ? seconds * 1_000 : undefined);
}
