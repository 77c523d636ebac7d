import type { Event } from './event.ts';

/** The run of a workflow that this is a step of. */
export interface RunContext {
  readonly owner: string;
  readonly repo: string;
  /** As `https://github.com`. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** Path of the workflow's file, as `.github/workflows/gate.yml`; its name where that isn't told. */
  readonly workflow: string;
  readonly job: string;
  readonly runId: string;
  readonly attempt: number;
  /** The commit to judge: a pull request's head, a merge group's head, else what was checked out. */
  readonly sha: string;
  readonly ref: string;
  readonly event: Event;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The run of the event, from the runner's variables; undefined outside of GitHub. */
export function runContextOf(env: Env, event: Event): RunContext | undefined {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (owner === '' || repo === '') return undefined;
  return {
    owner,
    repo,
    serverUrl: (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, ''),
    apiUrl: (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    workflow: workflowOf(env),
    job: env.GITHUB_JOB ?? '',
    runId: env.GITHUB_RUN_ID ?? '',
    attempt: Number(env.GITHUB_RUN_ATTEMPT) || 1,
    sha: 'sha' in event ? event.sha : (env.GITHUB_SHA ?? ''),
    ref: env.GITHUB_REF ?? '',
    event,
  };
}

/** Where people read the run: its summary, logs and artifacts. */
export function runUrl({ serverUrl, owner, repo, runId, attempt }: RunContext): string {
  const run = `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
  return attempt > 1 ? `${run}/attempts/${attempt}` : run;
}

/** `acme/shop/.github/workflows/gate.yml@refs/heads/main` → `.github/workflows/gate.yml`. */
function workflowOf(env: Env): string {
  const [, path] = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '') ?? [];
  return path ?? env.GITHUB_WORKFLOW ?? '';
}
