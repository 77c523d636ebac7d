import { execFile } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { PullRequest } from './event.ts';
import type { ConfigTrust } from './trusted-config.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const run = promisify(execFile);

/**
 * Trust without a token: the base branch's file out of the checkout, where that commit is there. Nobody
 * is known to have reviewed anything.
 */
export function checkoutTrust(
  pull: Pick<PullRequest, 'baseSha'> | undefined,
  file: string,
  cwd: string = process.cwd(),
): ConfigTrust {
  const git = (...args: readonly string[]) =>
    run('git', [...args], { cwd, maxBuffer: MAX_BYTES, timeout: TIMEOUT_MS });
  return {
    isReviewed: () => Promise.resolve(false),
    async readBaseConfig() {
      const path = relative(cwd, resolve(cwd, file)).replaceAll('\\', '/');
      // A file outside of the checkout belongs to no commit.
      if (pull === undefined || path.startsWith('..')) return undefined;
      try {
        const { stdout } = await git('ls-tree', '--name-only', pull.baseSha, '--', path);
        if (stdout.trim() === '') return '';
        return (await git('show', `${pull.baseSha}:./${path}`)).stdout;
      } catch {
        return undefined;
      }
    },
  };
}
