import { z } from 'zod';
import { flag, text } from '../commands/option-values.ts';
import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';

/** What the Action tells GitHub besides the step's status; none of it is an option elsewhere. */

const comment = z.enum(['auto', 'always', 'never'], 'it must be auto, always or never');

const JUDGING = ['verify', 'compare'];

interface InputSpec {
  readonly schema: z.ZodType<unknown, string>;
  readonly help: string;
  readonly modes: readonly string[];
  /** Stands in action.yml: only where it takes GitHub's expressions. */
  readonly default?: string;
}

/** Inputs that only GitHub knows what to do with, once. */
export const GITHUB_INPUTS = {
  'github-token': {
    schema: text,
    help: "token for GitHub's API, where it is needed",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
    default: '${{ github.token }}',
    modes: ['baseline', ...JUDGING, 'monitor', 'investigate'],
  },
  comment: {
    schema: comment,
    help: 'comment on the pull request: auto (only when there are findings to tell, not for forks), always or never (auto)',
    modes: JUDGING,
  },
  'comment-key': {
    schema: text,
    help: 'tells comments, checks and statuses of one job apart, as the cells of a matrix',
    modes: JUDGING,
  },
  check: {
    schema: flag,
    help: 'check run with the findings as annotations (false)',
    modes: JUDGING,
  },
  status: { schema: flag, help: 'commit status (false)', modes: JUDGING },
  'deployment-status': {
    schema: flag,
    help: 'status of the deployment that started the workflow (false)',
    modes: JUDGING,
  },
  'baseline-branch': {
    schema: text,
    help: "branch whose last good run holds the baseline of artifact:NAME (the pull request's or merge group's base, the pushed branch, else the default branch)",
    modes: ['baseline', ...JUDGING],
  },
} as const satisfies Record<string, InputSpec>;

type Name = keyof typeof GITHUB_INPUTS;

export interface GitHubInputs {
  readonly token: string | undefined;
  readonly comment: 'auto' | 'always' | 'never';
  readonly commentKey: string;
  readonly check: boolean;
  readonly status: boolean;
  readonly deploymentStatus: boolean;
  readonly baselineBranch: string | undefined;
}

/** The validated inputs; `inputOf` gives an input's text. Throws UsageError that names the input. */
export function readGitHubInputs(
  mode: string,
  inputOf: (name: string) => string | undefined,
): GitHubInputs {
  function read<N extends Name>(
    name: N,
  ): z.output<(typeof GITHUB_INPUTS)[N]['schema']> | undefined {
    const given = inputOf(name);
    if (given === undefined) return undefined;
    const spec: InputSpec = GITHUB_INPUTS[name];
    if (!spec.modes.includes(mode)) {
      throw new UsageError(`mode ${mode} does not take the input ${name}`);
    }
    const result = spec.schema.safeParse(given);
    if (result.success) return result.data as z.output<(typeof GITHUB_INPUTS)[N]['schema']>;
    const shown = name === 'github-token' ? '' : ` ${JSON.stringify(visible(given, 80))}`;
    throw new UsageError(`input ${name}${shown}: ${result.error.issues[0]?.message}`);
  }
  return {
    token: read('github-token'),
    comment: read('comment') ?? 'auto',
    commentKey: read('comment-key') ?? '',
    check: read('check') ?? false,
    status: read('status') ?? false,
    deploymentStatus: read('deployment-status') ?? false,
    baselineBranch: read('baseline-branch'),
  };
}
