import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const MAX_BYTES = 16 * 1024 * 1024;
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

/** What is needed of a `pull_request` event. */
const eventSchema = z.object({
  pull_request: z.object({ base: z.object({ sha }), head: z.object({ sha }) }),
});

export interface PullRequest {
  readonly baseSha: string;
  readonly headSha: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Whether the workflow runs for a change that is not merged. */
export function isPullRequest({ GITHUB_EVENT_NAME: name = '' }: Env): boolean {
  return name.startsWith('pull_request');
}

/** The pull request that the workflow runs for; undefined where the event does not tell. */
export async function pullRequestOf(env: Env): Promise<PullRequest | undefined> {
  if (!isPullRequest(env) || !env.GITHUB_EVENT_PATH) return undefined;
  try {
    const text = await readFile(env.GITHUB_EVENT_PATH, 'utf8');
    if (text.length > MAX_BYTES) return undefined;
    const { base, head } = eventSchema.parse(JSON.parse(text)).pull_request;
    return { baseSha: base.sha, headSha: head.sha };
  } catch {
    return undefined;
  }
}
