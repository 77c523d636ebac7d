import { invalid, notFound, page } from './answer.ts';
import type { Route } from './route.ts';
import type { Issue } from './state.ts';

const MAX_TITLE = 256;
const MAX_BODY = 65_536;

/** A title or a body that GitHub refuses. */
function wrong({ title, body }: Record<string, unknown>, isNew: boolean) {
  if (isNew && (typeof title !== 'string' || title.trim() === '')) {
    return invalid("title can't be blank");
  }
  if (typeof title === 'string' && [...title].length > MAX_TITLE) {
    return invalid(`title is too long (maximum is ${MAX_TITLE} characters)`);
  }
  if (typeof body === 'string' && [...body].length > MAX_BODY) {
    return invalid(`body is too long (maximum is ${MAX_BODY} characters)`);
  }
  return undefined;
}

/** https://docs.github.com/rest/issues/issues */
export const issues: readonly Route[] = [
  {
    method: 'GET',
    path: 'issues',
    needs: [['issues', 'read']],
    handle: ({ state, url }) => {
      const given = (name: string, usual: string) => url.searchParams.get(name) ?? usual;
      const wanted = given('state', 'open');
      const since = Date.parse(given('since', '1970-01-01T00:00:00Z'));
      const found = state.issues
        .filter((issue) => wanted === 'all' || issue.state === wanted)
        .filter(({ updated_at }) => Date.parse(updated_at) >= since)
        .sort((a, b) => a.number - b.number);
      return page(given('direction', 'desc') === 'desc' ? found.reverse() : found, url);
    },
  },
  {
    method: 'POST',
    path: 'issues',
    needs: [['issues', 'write']],
    handle: ({ state, token, json }) => {
      const given = json();
      const refused = wrong(given, true);
      if (refused) return refused;
      const now = new Date().toISOString();
      const issue: Issue = {
        id: state.id(),
        number: state.issues.length + 101,
        user: token.owner,
        title: String(given.title),
        body: (given.body ?? null) as string | null,
        state: 'open',
        state_reason: null,
        created_at: now,
        updated_at: now,
      };
      state.issues.push(issue);
      return { status: 201, body: issue };
    },
  },
  {
    method: 'PATCH',
    path: 'issues/*',
    needs: [['issues', 'write']],
    handle: ({ state, parts: [number], json }) => {
      const issue = state.issues.find((known) => known.number === Number(number));
      if (!issue) return notFound();
      const given = json();
      const refused = wrong(given, false);
      if (refused) return refused;
      if (given.title !== undefined) issue.title = String(given.title);
      if (given.body !== undefined) issue.body = given.body as string | null;
      if (given.state === 'closed' && issue.state === 'open') {
        issue.state = 'closed';
        issue.state_reason = String(given.state_reason ?? 'completed');
      } else if (given.state === 'open' && issue.state === 'closed') {
        issue.state = 'open';
        issue.state_reason = 'reopened';
      }
      issue.updated_at = new Date().toISOString();
      return { status: 200, body: issue };
    },
  },
];
