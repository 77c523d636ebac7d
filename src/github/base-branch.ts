import type { Api } from './api.ts';
import { branchOf } from './event.ts';
import type { RunContext } from './run-context.ts';

/**
 * The branch whose baseline counts: what the change goes into (a pull request, a merge group), the
 * branch that was pushed, else the repository's default branch.
 */
export async function baseBranch(api: Api, run: RunContext): Promise<string> {
  const { event, owner, repo } = run;
  if (event.kind === 'pull-request' || event.kind === 'merge-group') return event.baseRef;
  if (event.kind === 'push' && event.ref.startsWith('refs/heads/')) return branchOf(event.ref);
  const { data } = await api.rest.repos.get({ owner, repo });
  return data.default_branch;
}
