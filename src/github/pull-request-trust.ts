import { relative, resolve } from 'node:path';
import type { Progress } from '../support/progress.ts';
import { type Api, openApi } from './api.ts';
import { readBaseFile } from './base-config.ts';
import { checkoutTrust } from './checkout-trust.ts';
import { explainFailure, type Permission } from './permission.ts';
import { isApproved } from './review.ts';
import type { RunContext } from './run-context.ts';
import type { ConfigTrust } from './trusted-config.ts';

interface Asking {
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * What vouches for a pull request's own configuration: GitHub, which knows the base's file and the
 * reviews; without it, or where it can't be asked, the checkout.
 */
export function pullRequestTrust(
  run: RunContext,
  file: string,
  { token, signal, progress }: Asking,
): ConfigTrust {
  const pull = run.event.kind === 'pull-request' ? run.event : undefined;
  const checkout = checkoutTrust(pull, file);
  const path = relative(process.cwd(), resolve(file)).replaceAll('\\', '/');
  if (!pull || token === undefined || path.startsWith('..')) return checkout;
  const note = (line: string) => progress.note(line);
  let api: Promise<Api> | undefined;
  const ask = async <T>(what: string, permission: Permission, get: (api: Api) => Promise<T>) => {
    try {
      api ??= openApi({ token, apiUrl: run.apiUrl }, { signal, note });
      return await get(await api);
    } catch (error) {
      signal.throwIfAborted();
      progress.warn(explainFailure(what, error, permission));
      return undefined;
    }
  };
  return {
    async isReviewed() {
      const what = "the pull request's reviews";
      const approved = await ask(what, 'pull-requests: read', (api) => isApproved(api, run, pull));
      return approved ?? false;
    },
    async readBaseConfig() {
      const what = `${path} of the base branch`;
      const text = await ask(what, 'contents: read', (api) => readBaseFile(api, run, pull, path));
      return text ?? checkout.readBaseConfig();
    },
  };
}
