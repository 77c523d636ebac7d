import { failure, notFound, page } from './answer.ts';
import type { Call, Route } from './route.ts';
import type { Artifact, Run, State } from './state.ts';

const READ = [['actions', 'read']] as const;

/** https://docs.github.com/rest/actions/workflow-runs and https://docs.github.com/rest/actions/artifacts */
export const runs: readonly Route[] = [
  {
    method: 'GET',
    path: 'actions/workflows/*/runs',
    needs: READ,
    handle: ({ state, parts: [file], url }) => {
      const all = state.runs.filter(({ path }) => path.endsWith(`/${file}`));
      if (all.length === 0) return notFound();
      const wanted = all.filter(matches(url.searchParams)).reverse();
      return page(wanted, url, (items, total_count) => ({
        total_count,
        workflow_runs: items.map((run) => shownRun(run, state)),
      }));
    },
  },
  {
    method: 'GET',
    path: 'actions/runs/*/artifacts',
    needs: READ,
    handle: ({ state, parts: [id], url }) => {
      if (!state.runs.some((run) => run.id === Number(id))) return notFound();
      const name = url.searchParams.get('name');
      const found = state.artifacts.filter(
        (artifact) =>
          artifact.finalized &&
          artifact.run === Number(id) &&
          (name === null || artifact.name === name),
      );
      return page(found, url, (items, total_count) => ({
        total_count,
        artifacts: items.map((artifact) => shownArtifact(artifact, state)),
      }));
    },
  },
  {
    method: 'GET',
    path: 'actions/artifacts/*/zip',
    needs: READ,
    handle: ({ state, parts: [id], url }: Call) => {
      const artifact = state.artifacts.find((known) => known.id === Number(id));
      if (!artifact) return notFound();
      if (artifact.expired) return failure(410, 'Artifact has expired');
      return { status: 302, headers: { location: `${url.origin}/blob/${artifact.blob}?sig=read` } };
    },
  },
];

function matches(query: URLSearchParams) {
  const [branch, status, event] = ['branch', 'status', 'event'].map((name) => query.get(name));
  return (run: Run) =>
    (!branch || run.head_branch === branch) &&
    (!event || run.event === event) &&
    (!status || run.status === status || run.conclusion === status);
}

function shownRun(run: Run, { repository }: State) {
  const { backendId, ...shown } = run;
  return { ...shown, name: 'Gate', repository, workflow_id: 77 };
}

function shownArtifact(artifact: Artifact, state: State) {
  const run = state.runs.find(({ id }) => id === artifact.run) as Run;
  return {
    id: artifact.id,
    name: artifact.name,
    size_in_bytes: state.blobs.get(artifact.blob)?.length ?? 0,
    expired: artifact.expired,
    digest: artifact.digest,
    workflow_run: {
      id: run.id,
      repository_id: state.repository.id,
      head_repository_id: run.head_repository?.id,
      head_branch: run.head_branch,
      head_sha: run.head_sha,
      ...artifact.foreign,
    },
  };
}
