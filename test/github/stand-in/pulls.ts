import { failure, notFound, page } from './answer.ts';
import type { Route } from './route.ts';

const READ = [['pull-requests', 'read']] as const;

/** Pull requests, reviews, contents, collaborators and the repository, as docs.github.com/rest has them. */
export const pulls: readonly Route[] = [
  {
    method: 'GET',
    path: 'pulls/*',
    needs: READ,
    handle: ({ state, parts: [number] }) => {
      const pull = state.pulls.get(Number(number));
      return pull ? { status: 200, body: { ...pull, state: 'open' } } : notFound();
    },
  },
  {
    method: 'GET',
    path: 'pulls/*/reviews',
    needs: READ,
    handle: ({ state, parts: [number], url }) =>
      state.pulls.has(Number(number))
        ? page(
            state.reviews.filter(({ pull }) => pull === Number(number)),
            url,
          )
        : notFound(),
  },
  {
    method: 'GET',
    path: 'collaborators/*/permission',
    needs: [],
    handle: ({ state, parts: [login = ''] }) => {
      if (decodeURIComponent(login).endsWith('[bot]'))
        return failure(404, `${login} is not a user`);
      const permission = state.collaborators.get(login) ?? 'read';
      return { status: 200, body: { permission, role_name: permission, user: { login } } };
    },
  },
  {
    method: 'GET',
    path: 'contents/**',
    needs: [['contents', 'read']],
    handle: ({ state, parts: [path = ''], url }) => {
      const text = state.files.get(`${url.searchParams.get('ref') ?? ''} ${path}`);
      if (text === undefined) return notFound();
      const content = Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n');
      const size = Buffer.byteLength(text);
      return { status: 200, body: { type: 'file', encoding: 'base64', path, size, content } };
    },
  },
];
