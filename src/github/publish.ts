import { type Api, openApi, type Pacing } from './api.ts';
import { createCheck } from './check-run.ts';
import { commentOn } from './comment.ts';
import { setDeploymentStatus, setStatus } from './commit-status.ts';
import type { GitHubInputs } from './github-inputs.ts';
import { explainFailure, type Permission } from './permission.ts';
import type { RunContext } from './run-context.ts';
import type { Told } from './told.ts';

interface Publishing {
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly pacing?: Pacing;
}

interface Publication {
  readonly what: string;
  readonly permission: Permission;
  readonly write: (api: Api) => Promise<void>;
}

/**
 * Tells GitHub what the inputs ask for. What can't be told is a warning that says why; the verdict
 * stands whatever GitHub answers. Never throws.
 */
export async function publish(
  told: Told,
  run: RunContext,
  inputs: GitHubInputs,
  { signal, note, warn, pacing }: Publishing,
): Promise<void> {
  const publications = wanted(told, run, inputs, note);
  if (publications.length === 0) return;
  const { token } = inputs;
  if (token === undefined) {
    const names = publications.map(({ what }) => what).join(', ');
    const asked = inputs.comment === 'always' || publications.some(({ what }) => what !== COMMENT);
    if (asked) warn(`${names}: this needs the input github-token`);
    return;
  }
  try {
    const api = await openApi({ token, apiUrl: run.apiUrl }, { signal, note, pacing });
    for (const { what, permission, write } of publications) {
      await write(api).catch((error: unknown) => warn(explainFailure(what, error, permission)));
    }
  } catch (error) {
    warn(`GitHub can't be told: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const COMMENT = "the pull request's comment";

function wanted(
  told: Told,
  run: RunContext,
  inputs: GitHubInputs,
  note: (line: string) => void,
): Publication[] {
  const { event } = run;
  const name = nameOf('Wireproof', ' / ', run, inputs);
  const asked = inputs.check || inputs.status || inputs.deploymentStatus;
  if (event.kind === 'unreadable') {
    if (asked || inputs.comment !== 'never') note(`nothing is written to GitHub: ${event.reason}`);
    return [];
  }
  const fork = event.kind === 'pull-request' && event.fork;
  const list: Publication[] = [];
  if (fork && (asked || inputs.comment !== 'never')) {
    note('the pull request comes from a fork: no check and no status is written');
  }
  if (inputs.check && !fork) {
    list.push({
      what: 'the check run',
      permission: 'checks: write',
      write: (api) => createCheck(api, name, told, run),
    });
  }
  if (inputs.status && !fork) {
    list.push({
      what: 'the commit status',
      permission: 'statuses: write',
      write: (api) => setStatus(api, name, told, run),
    });
  }
  if (inputs.deploymentStatus && event.kind === 'deployment') {
    list.push({
      what: 'the deployment status',
      permission: 'deployments: write',
      write: (api) => setDeploymentStatus(api, event.id, told, run),
    });
  }
  if (event.kind === 'pull-request' && told.kind === 'judged' && mayComment(event, inputs)) {
    list.push({
      what: COMMENT,
      permission: 'pull-requests: write',
      write: (api) => commentOn(api, event, told.judgement, run, inputs, note),
    });
  }
  return list;
}

/** A fork's own workflow has a token that may only read; the base's is asked for by name. */
function mayComment(
  { fork, trusted }: { readonly fork: boolean; readonly trusted: boolean },
  { comment }: GitHubInputs,
): boolean {
  if (comment === 'never') return false;
  return !fork || (trusted && comment === 'always');
}

function nameOf(first: string, between: string, { job }: RunContext, inputs: GitHubInputs): string {
  return [first, job, inputs.commentKey].filter((part) => part !== '').join(between);
}
