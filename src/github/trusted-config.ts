import { type Config, NOTHING } from '../commands/config/config.ts';
import { effectiveConfig } from '../commands/config/effective.ts';
import { parseConfig } from '../commands/config/read.ts';
import type { Progress } from '../support/progress.ts';

/** What vouches for the configuration that a pull request brings along. */
export interface ConfigTrust {
  /**
   * The configuration file of the branch that the change goes to: empty where that branch has none,
   * undefined where it could not be had.
   */
  readBaseConfig(): Promise<string | undefined>;
  /** Whether somebody who may approved the change as it is. */
  isReviewed(): Promise<boolean>;
}

const REMEDY =
  'check out with fetch-depth: 0, or `git fetch origin $BASE_SHA` before this step, or have the change approved';

/** The configuration that judges a pull request; says in the log what does not count, and why. */
export async function trustedConfig(
  head: Config,
  trust: ConfigTrust,
  file: string,
  progress: Progress,
): Promise<Config> {
  if (await trust.isReviewed()) return head;
  const text = await trust.readBaseConfig();
  if (text === undefined) {
    if (head === NOTHING) return head;
    const told = `${file} of the base branch could not be read, so what this change accepts, ignores or loosens does not count: ${REMEDY}`;
    progress.warn(told);
    const { policy, ...rest } = effectiveConfig(undefined, head);
    return { ...rest, policy: { ...policy, proposals: [told, ...policy.proposals] } };
  }
  const base = text.trim() === '' ? NOTHING : await parseConfig(text, `${file} of the base branch`);
  return effectiveConfig(base, head);
}
