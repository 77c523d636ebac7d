import type { Config } from '../commands/config/config.ts';
import { DEFAULT_CONFIG, readConfig } from '../commands/config/read.ts';
import type { Progress } from '../support/progress.ts';
import { checkoutTrust } from './checkout-trust.ts';
import { type Event, isPullRequest } from './event.ts';
import { pullRequestTrust } from './pull-request-trust.ts';
import type { RunContext } from './run-context.ts';
import { trustedConfig } from './trusted-config.ts';

/** The configuration; on a pull request what of its own file is trusted. Throws UsageError. */
export async function judgingConfig(
  path: string | undefined,
  run: RunContext | undefined,
  event: Event,
  asking: {
    readonly token: string | undefined;
    readonly signal: AbortSignal;
    readonly progress: Progress;
  },
): Promise<Config> {
  const head = await readConfig(path, asking.progress);
  if (!isPullRequest(event)) return head;
  const file = path ?? DEFAULT_CONFIG;
  const trust = run ? pullRequestTrust(run, file, asking) : checkoutTrust(undefined, file);
  return trustedConfig(head, trust, file, asking.progress);
}
