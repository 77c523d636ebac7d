import { truncate, visible } from '../support/escape.ts';
import type { Api } from './api.ts';
import { type RunContext, runUrl } from './run-context.ts';
import { type Conclusion, conclusionOf, headlineOf, type Told } from './told.ts';

/** GitHub refuses a longer description. */
const MAX_DESCRIPTION = 140;

const STATES = {
  success: 'success',
  neutral: 'success',
  failure: 'failure',
  error: 'error',
} as const satisfies Record<Conclusion, string>;

/** Sets the commit's status of that context. */
export async function setStatus(
  api: Api,
  context: string,
  told: Told,
  run: RunContext,
): Promise<void> {
  const { owner, repo, sha } = run;
  await api.rest.repos.createCommitStatus({
    owner,
    repo,
    sha,
    context,
    state: STATES[conclusionOf(told)],
    description: describe(told),
    target_url: runUrl(run),
  });
}

/** Sets the status of the deployment that started the workflow. */
export async function setDeploymentStatus(
  api: Api,
  deployment: number,
  told: Told,
  run: RunContext,
): Promise<void> {
  const { owner, repo } = run;
  await api.rest.repos.createDeploymentStatus({
    owner,
    repo,
    deployment_id: deployment,
    state: STATES[conclusionOf(told)],
    description: describe(told),
    log_url: runUrl(run),
    // A gate says how a deployment is; that others are over is not its to say.
    auto_inactive: false,
  });
}

function describe(told: Told): string {
  return truncate(visible(headlineOf(told), MAX_DESCRIPTION), MAX_DESCRIPTION);
}
