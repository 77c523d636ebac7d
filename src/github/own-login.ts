import type { Api } from './api.ts';

/** Whose the token is: `GET /user` refuses an installation's, as a workflow's is; GraphQL tells it. */
export async function ownLogin(api: Api): Promise<string> {
  const { viewer } = await api.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
  return viewer.login;
}
