import { basename } from 'node:path';
import { CaptureError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import type { Api } from './api.ts';
import type { RunContext } from './run-context.ts';

/** An artifact of a run that may be trusted, and that run. */
export interface FoundArtifact {
  readonly id: number;
  readonly bytes: number;
  /** `sha256:…` of the archive; undefined where the server tells none. */
  readonly digest: string | undefined;
  readonly runId: number;
  readonly commit: string;
}

/** Good runs to look into, newest first: one may lack the artifact, as where a job was left out. */
const MAX_GOOD = 50;
/** Runs to look at: whoever opens many pull requests must not hide the base's own. */
const MAX_RUNS = 1_000;

type Run = Awaited<
  ReturnType<Api['rest']['actions']['listWorkflowRuns']>
>['data']['workflow_runs'][number];

/**
 * The artifact of that name in the newest successful run of this workflow on the branch; undefined
 * where none has it. Runs that a fork or a pull request had a say in never count. Throws CaptureError
 * where the artifact belongs to another run than the one that lists it.
 */
export async function findArtifact(
  api: Api,
  run: RunContext,
  branch: string,
  name: string,
  note: (line: string) => void,
): Promise<FoundArtifact | undefined> {
  const refused: string[] = [];
  let good = 0;
  let found: FoundArtifact | undefined;
  for await (const candidate of runsOn(api, run, branch)) {
    const foreign = whyForeign(candidate, run, branch);
    if (foreign !== undefined)
      refused.push(`the baseline of run ${candidate.id} is refused: ${foreign}`);
    else found = await artifactOf(api, run, candidate, name, note);
    if (found || (foreign === undefined && ++good === MAX_GOOD)) break;
  }
  const [first] = refused;
  if (first !== undefined) {
    note(refused.length > 1 ? `${first} (and of ${refused.length - 1} more runs)` : first);
  }
  return found;
}

/** Successful runs of this workflow, newest first. */
async function* runsOn(api: Api, { owner, repo, workflow }: RunContext, branch: string) {
  const request = {
    owner,
    repo,
    workflow_id: basename(workflow),
    branch,
    status: 'success' as const,
    per_page: 100,
  };
  let seen = 0;
  for await (const { data } of api.paginate.iterator(api.rest.actions.listWorkflowRuns, request)) {
    yield* data;
    seen += data.length;
    if (seen >= MAX_RUNS) return;
  }
}

/** A fork's branch may bear the base's name: the API lists its runs beside the base's own. */
function whyForeign(candidate: Run, run: RunContext, branch: string): string | undefined {
  const here = `${run.owner}/${run.repo}`.toLowerCase();
  const { repository, head_repository: head, event, head_branch, conclusion, path } = candidate;
  if (repository.full_name.toLowerCase() !== here)
    return `it ran in ${visible(repository.full_name)}`;
  if (head?.full_name?.toLowerCase() !== here) {
    return `its code came from ${head ? visible(head.full_name) : 'a repository that is gone'}`;
  }
  if (/^pull_request/.test(event)) return `it ran for the event ${visible(event)}`;
  if (head_branch !== branch) return `it ran on ${visible(String(head_branch))}`;
  if (conclusion !== 'success') return `it ended as ${visible(String(conclusion))}`;
  if (path.replace(/@.*$/, '') !== run.workflow) return `it ran the workflow ${visible(path)}`;
  return undefined;
}

async function artifactOf(
  api: Api,
  { owner, repo }: RunContext,
  run: Run,
  name: string,
  note: (line: string) => void,
): Promise<FoundArtifact | undefined> {
  const request = { owner, repo, run_id: run.id, name, per_page: 100 };
  const { data } = await api.rest.actions.listWorkflowRunArtifacts(request);
  // A run that was started again has one of each attempt.
  const [artifact] = data.artifacts
    .filter((candidate) => candidate.name === name)
    .sort((a, b) => b.id - a.id);
  if (!artifact) return undefined;
  if (artifact.expired) {
    note(`the baseline of run ${run.id} has expired`);
    return undefined;
  }
  const of = artifact.workflow_run;
  const own = of?.id === run.id && of.head_repository_id === of.repository_id;
  if (!own || of.head_sha !== run.head_sha) {
    throw new CaptureError(
      `artifact:${name} is refused: artifact ${artifact.id} does not belong to run ${run.id} of this repository`,
      { hint: 'delete that artifact, or store a new baseline on the base branch' },
    );
  }
  return {
    id: artifact.id,
    bytes: artifact.size_in_bytes,
    digest: artifact.digest ?? undefined,
    runId: run.id,
    commit: run.head_sha,
  };
}
