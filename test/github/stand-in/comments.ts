import { invalid, notFound, page } from './answer.ts';
import type { Route } from './route.ts';
import type { Comment } from './state.ts';

const MAX_BODY = 65_536;
const READ = [
  ['pull-requests', 'read'],
  ['issues', 'read'],
] as const;
const WRITE = [
  ['pull-requests', 'write'],
  ['issues', 'write'],
] as const;

const shown = ({ id, user, body, issue }: Comment) => ({ id, user, body, issue_number: issue });

function wrong(body: unknown) {
  if (typeof body !== 'string' || body === '') return invalid("body can't be blank");
  if ([...body].length > MAX_BODY)
    return invalid(`body is too long (maximum is ${MAX_BODY} characters)`);
  return undefined;
}

/** https://docs.github.com/rest/issues/comments */
export const comments: readonly Route[] = [
  {
    method: 'GET',
    path: 'issues/*/comments',
    needs: READ,
    handle: ({ state, parts: [issue], url }) =>
      state.pulls.has(Number(issue))
        ? page(state.comments.filter((comment) => comment.issue === Number(issue)).map(shown), url)
        : notFound(),
  },
  {
    method: 'POST',
    path: 'issues/*/comments',
    needs: WRITE,
    handle: ({ state, parts: [issue], token, json }) => {
      const { body } = json();
      if (!state.pulls.has(Number(issue))) return notFound();
      const refused = wrong(body);
      if (refused) return refused;
      const comment = {
        id: state.id(),
        issue: Number(issue),
        user: token.owner,
        body: String(body),
      };
      state.comments.push(comment);
      return { status: 201, body: shown(comment) };
    },
  },
  {
    method: 'PATCH',
    path: 'issues/comments/*',
    needs: WRITE,
    handle: ({ state, parts: [id], json }) => {
      const comment = state.comments.find((known) => known.id === Number(id));
      if (!comment) return notFound();
      const { body } = json();
      const refused = wrong(body);
      if (refused) return refused;
      comment.body = String(body);
      return { status: 200, body: shown(comment) };
    },
  },
  {
    method: 'DELETE',
    path: 'issues/comments/*',
    needs: WRITE,
    handle: ({ state, parts: [id] }) => {
      const at = state.comments.findIndex((known) => known.id === Number(id));
      if (at < 0) return notFound();
      state.comments.splice(at, 1);
      return { status: 204 };
    },
  },
];
