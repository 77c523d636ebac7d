import type { Api } from './api.ts';
import { ownLogin } from './own-login.ts';
import { statusOf } from './permission.ts';

/** Where a comment stands: an issue's number is the pull request's. */
export interface Thread {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

/**
 * Makes the one comment that begins with the marker say what `render` gives for what stood there;
 * undefined leaves all as it is. Comments of others never count, whatever they begin with. Where two
 * runs made one each, the first stays.
 */
export async function stick(
  api: Api,
  thread: Thread,
  marker: string,
  render: (before: string | undefined) => string | undefined,
): Promise<'created' | 'updated' | 'none'> {
  const found = await ownComments(api, thread, marker);
  const body = render(found[0]?.body);
  if (body === undefined) return 'none';
  if (found.length > 0) {
    await settle(api, thread, found, body);
    return 'updated';
  }
  await create(api, thread, marker, body);
  await settle(api, thread, await ownComments(api, thread, marker), body);
  return 'created';
}

/** A request that failed on the way may have been heard: it is not sent again before looking. */
async function create(api: Api, thread: Thread, marker: string, body: string): Promise<void> {
  const send = () => api.rest.issues.createComment({ ...thread, body, request: { retries: 0 } });
  try {
    await send();
  } catch (error) {
    if ((statusOf(error) ?? 0) < 500) throw error;
    if ((await ownComments(api, thread, marker)).length === 0) await send();
  }
}

/** The first comment gets the body; the others, of a race, go. */
async function settle(
  api: Api,
  { owner, repo }: Thread,
  comments: readonly Comment[],
  body: string,
): Promise<void> {
  const [first, ...others] = comments;
  if (first && first.body !== body) {
    await api.rest.issues.updateComment({ owner, repo, comment_id: first.id, body });
  }
  for (const { id } of others) {
    await api.rest.issues.deleteComment({ owner, repo, comment_id: id }).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error;
    });
  }
}

/** Comments with the marker by whom the token belongs to, oldest first. */
async function ownComments(api: Api, thread: Thread, marker: string): Promise<Comment[]> {
  const marked = (
    await api.paginate(api.rest.issues.listComments, { ...thread, per_page: 100 })
  ).filter(({ body }) => body?.startsWith(marker));
  if (marked.length === 0) return [];
  const me = await ownLogin(api);
  return marked
    .filter(({ user }) => user?.login === me)
    .map(({ id, body = '' }) => ({ id, body: body.replaceAll('\r\n', '\n') }))
    .sort((a, b) => a.id - b.id);
}
