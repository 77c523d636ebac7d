import type { Api } from './api.ts';
import type { PullRequest } from './event.ts';
import { statusOf } from './permission.ts';
import type { RunContext } from './run-context.ts';

/**
 * A file as the pull request's base has it, by its path in the repository: empty where the base has
 * none, undefined where the API gives no text (a folder, or more than 1 MB).
 */
export async function readBaseFile(
  api: Api,
  { owner, repo }: RunContext,
  { baseSha }: PullRequest,
  path: string,
): Promise<string | undefined> {
  try {
    const { data } = await api.rest.repos.getContent({ owner, repo, path, ref: baseSha });
    if (Array.isArray(data) || data.type !== 'file' || data.encoding !== 'base64') return undefined;
    return Buffer.from(data.content, 'base64').toString('utf8');
  } catch (error) {
    if (statusOf(error) === 404) return '';
    throw error;
  }
}
