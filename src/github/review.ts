import type { Api } from './api.ts';
import type { PullRequest } from './event.ts';
import { statusOf } from './permission.ts';
import type { RunContext } from './run-context.ts';

/** Reviews that say yes or no; a comment takes neither back. */
const DECISIONS = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];
/** What the API calls the right to push: `maintain` is `write` to it. */
const MAY_APPROVE = ['admin', 'write'];

/**
 * Whether somebody with write access approved the pull request's head as it is judged, and nobody
 * with write access wants it changed. An approval of an earlier commit does not count.
 */
export async function isApproved(
  api: Api,
  { owner, repo }: RunContext,
  { number, sha }: PullRequest,
): Promise<boolean> {
  const reviews = await api.paginate(api.rest.pulls.listReviews, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  });
  // They come in the order of time: the last decision of each reviewer counts.
  const last = new Map<string, (typeof reviews)[number]>();
  for (const review of reviews) {
    if (review.user && DECISIONS.includes(review.state)) last.set(review.user.login, review);
  }
  let approved = false;
  for (const [username, { state, commit_id }] of last) {
    if (state === 'DISMISSED' || (state === 'APPROVED' && commit_id !== sha)) continue;
    if (!MAY_APPROVE.includes(await permissionOf(api, { owner, repo, username }))) continue;
    if (state === 'CHANGES_REQUESTED') return false;
    approved = true;
  }
  return approved;
}

/** Apps review too, and are nobody whose permission GitHub would tell: it answers that there is no such user. */
async function permissionOf(
  api: Api,
  whose: { readonly owner: string; readonly repo: string; readonly username: string },
): Promise<string> {
  try {
    return (await api.rest.repos.getCollaboratorPermissionLevel(whose)).data.permission;
  } catch (error) {
    if (statusOf(error) === 404) return 'none';
    throw error;
  }
}
