import type { CommandIO } from '../commands/command.ts';
import type { OutsideEvent } from '../incident/incident-case.ts';
import { CaptureError, UsageError } from '../support/errors.ts';
import { type Api, openApi, type Pacing } from './api.ts';
import { configurationChanges } from './configuration-changes.ts';
import type { IssueAccess } from './issue-access.ts';
import { explainFailure } from './permission.ts';

/** Deployments looked at, newest first, and those of which the course is asked for. */
const MAX_DEPLOYMENTS = 500;
const MAX_ASKED = 50;
/** A deployment may be made this long before it is live, ms. */
const LEAD_MS = 6 * 3_600_000;
const MAX_SUMMARY = 300;

interface Session {
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  readonly pacing?: Pacing;
}

type Where = { readonly owner: string; readonly repo: string };
type Window = { readonly start: number; readonly end: number };
type Deployment = Awaited<ReturnType<Api['rest']['repos']['listDeployments']>>['data'][number];

/**
 * Asks GitHub for what was deployed in a time: each deployment when it was live, or had failed; where
 * there is none, the commits of the default branch that changed configuration. Throws UsageError
 * without a token, CaptureError where GitHub does not answer.
 */
export function deploymentsFrom(
  { token, apiUrl }: IssueAccess,
  session: Session,
): NonNullable<CommandIO['deployments']> {
  return async (repository, window) => {
    if (token === undefined) {
      throw new UsageError(`--deployments ${repository}: it takes a token in GITHUB_TOKEN`, {
        hint: 'one with the permissions deployments: read and contents: read',
      });
    }
    const [owner = '', repo = ''] = repository.split('/');
    const where = { owner, repo };
    const api = await openApi({ token, apiUrl }, session);
    const deployed = await told('deployments: read', () => deploymentsOf(api, where, window));
    if (deployed.length > 0) return deployed;
    return told('contents: read', () => configurationChanges(api, where, window));
  };

  async function told<T>(
    permission: 'deployments: read' | 'contents: read',
    ask: () => Promise<T>,
  ): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (session.signal.aborted) throw error;
      const what = 'cannot ask for deployments';
      throw new CaptureError(explainFailure(what, error, permission), { cause: error });
    }
  }
}

async function deploymentsOf(api: Api, where: Where, window: Window): Promise<OutsideEvent[]> {
  const events: OutsideEvent[] = [];
  for (const deployment of await recent(api, where, window)) {
    const { data } = await api.rest.repos.listDeploymentStatuses({
      ...where,
      deployment_id: deployment.id,
      per_page: 100,
    });
    const event = eventOf(deployment, data, where);
    if (event.at >= window.start && event.at <= window.end) events.push(event);
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Deployments that may have become live in the window, of bounded pages. */
async function recent(api: Api, where: Where, { start, end }: Window): Promise<Deployment[]> {
  const pages = api.paginate.iterator(api.rest.repos.listDeployments, { ...where, per_page: 100 });
  const found: Deployment[] = [];
  let seen = 0;
  for await (const { data } of pages) {
    const old = data.filter(({ created_at }) => Date.parse(created_at) < start - LEAD_MS);
    found.push(...data.filter((one) => !old.includes(one) && Date.parse(one.created_at) <= end));
    seen += data.length;
    if (seen >= MAX_DEPLOYMENTS || (data.length > 0 && old.length === data.length)) break;
  }
  return found.slice(0, MAX_ASKED);
}

type Statuses = Awaited<ReturnType<Api['rest']['repos']['listDeploymentStatuses']>>['data'];

const ENDED = ['success', 'failure', 'error'];

/** When it was live first; else when it had failed, else when it was made. */
function eventOf(deployment: Deployment, statuses: Statuses, where: Where): OutsideEvent {
  const inOrder = statuses.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  const decisive =
    inOrder.find(({ state }) => state === 'success') ??
    inOrder.findLast(({ state }) => ENDED.includes(state));
  const { ref, sha, environment, created_at, description } = deployment;
  const version = ref === sha ? sha.slice(0, 7) : `${ref} (${sha.slice(0, 7)})`;
  const outcome =
    decisive === undefined ? 'began' : decisive.state === 'success' ? 'succeeded' : 'failed';
  const words = [
    `Deployment of ${where.repo} ${version} to ${environment} ${outcome}`,
    ...(description ? [`: ${description}`] : []),
  ].join('');
  return {
    at: Date.parse(decisive?.created_at ?? created_at),
    kind: 'deployment',
    workload: workloadOf(deployment) ?? where.repo,
    summary: words.slice(0, MAX_SUMMARY),
    url: webPage(deployment, where),
  };
}

/** Whom its payload names, where whoever deployed says so. */
function workloadOf({ payload }: Deployment): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  for (const name of ['workload', 'service', 'app']) {
    const given = (payload as Record<string, unknown>)[name];
    if (typeof given === 'string' && given !== '') return given.slice(0, 200);
  }
  return undefined;
}

/** Where people see the commit that was deployed. */
function webPage({ url, sha }: Deployment, { owner, repo }: Where): string {
  return `${webOf(url)}/${owner}/${repo}/commit/${sha}`;
}

/** `https://api.github.com/…` → `https://github.com`; of an Enterprise Server its own host. */
function webOf(apiUrl: string): string {
  return new URL(apiUrl).origin.replace('://api.', '://');
}
