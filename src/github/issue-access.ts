type Env = Readonly<Record<string, string | undefined>>;

/** With which token issues are kept, and where. */
export interface IssueAccess {
  readonly token: string | undefined;
  readonly apiUrl: string;
}

/** As the environment has it. */
export function issueAccessOf(env: Env): IssueAccess {
  return {
    token: env.GITHUB_TOKEN?.trim() || undefined,
    apiUrl: (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
  };
}
