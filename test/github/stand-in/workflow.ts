import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeToken } from './artifact-service.ts';
import { GitHubStandIn } from './server.ts';
import { ACTIONS_BOT, type Pull, type Run } from './state.ts';

const WORKFLOW = '.github/workflows/gate.yml';
const TOKEN = 'ghs_workflow';

/** A commit's id for a word: forty hexadecimal digits. */
export function sha(word: string): string {
  return createHash('sha1').update(word).digest('hex');
}

interface Start {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly branch: string;
  readonly commit: string;
  readonly ref?: string;
  readonly from?: Pull['base']['repo'] | null;
}

/** Starts workflows of a repository at the stand-in, as GitHub does: what a step finds in its environment. */
export class Workflows {
  readonly gitHub: GitHubStandIn;
  readonly #folder: string;

  private constructor(gitHub: GitHubStandIn, folder: string) {
    this.gitHub = gitHub;
    this.#folder = folder;
  }

  static async open(folder: string, prefix = ''): Promise<Workflows> {
    const workflows = new Workflows(await GitHubStandIn.start(prefix), folder);
    workflows.permit({
      actions: 'read',
      checks: 'write',
      contents: 'read',
      deployments: 'write',
      'pull-requests': 'write',
      statuses: 'write',
    });
    return workflows;
  }

  /** Gives the workflow's token these permissions from now on, and no others. */
  permit(permissions: Readonly<Record<string, 'read' | 'write'>>): void {
    this.gitHub.state.tokens.set(TOKEN, { owner: ACTIONS_BOT, permissions });
  }

  /** Opens a pull request into main, or pushes to its head. */
  push(number: number, word: string, { fork = false } = {}): void {
    const { state } = this.gitHub;
    const base = { sha: sha('base'), ref: 'main', repo: state.repository };
    const repo = fork ? { id: 2002, full_name: 'mallory/shop' } : state.repository;
    const head = { sha: sha(word), ref: fork ? 'main' : `feature-${number}`, repo };
    state.commits.add(head.sha).add(base.sha);
    state.pulls.set(number, { number, head, base });
  }

  /** A run for the pull request as it is. */
  onPull(number: number, event = 'pull_request') {
    const pull = this.gitHub.state.pulls.get(number);
    if (!pull) throw new Error(`there is no pull request ${number}`);
    const merge = sha(`merge ${number}`);
    return this.#start({
      event,
      branch: pull.head.ref,
      commit: pull.head.sha,
      ref: `refs/pull/${number}/merge`,
      from: pull.head.repo,
      payload: { action: 'synchronize', number, pull_request: structuredClone(pull), after: merge },
    });
  }

  onPush(branch: string, word: string) {
    const after = sha(word);
    this.gitHub.state.commits.add(after);
    const payload = { ref: `refs/heads/${branch}`, before: sha('before'), after, forced: false };
    return this.#start({ event: 'push', branch, commit: after, payload });
  }

  onMergeGroup(word: string) {
    const head_sha = sha(word);
    const branch = `gh-readonly-queue/main/pr-7-${word}`;
    this.gitHub.state.commits.add(head_sha);
    const group = { base_ref: 'refs/heads/main', base_sha: sha('base'), head_sha };
    const payload = { action: 'checks_requested', merge_group: group };
    return this.#start({ event: 'merge_group', branch, commit: head_sha, payload });
  }

  onDeployment(word: string) {
    const { state } = this.gitHub;
    const deployment = { id: state.id(), sha: sha(word), ref: 'main', environment: 'production' };
    state.deployments.set(deployment.id, {
      ...deployment,
      ref: deployment.sha,
      environment: 'production',
      description: null,
      payload: {},
      created_at: new Date().toISOString(),
    });
    state.commits.add(deployment.sha);
    return this.#start({
      event: 'deployment',
      branch: 'main',
      commit: deployment.sha,
      payload: { deployment },
    });
  }

  onDispatch(word: string) {
    this.gitHub.state.commits.add(sha(word));
    const payload = { inputs: {} };
    return this.#start({ event: 'workflow_dispatch', branch: 'main', commit: sha(word), payload });
  }

  /** Starts the run again: the same event, another attempt. */
  again({ run, env }: StartedRun): StartedRun {
    run.run_attempt++;
    run.status = 'in_progress';
    run.conclusion = null;
    return { run, env: { ...env, GITHUB_RUN_ATTEMPT: String(run.run_attempt) } };
  }

  /** Ends the run. */
  end({ run }: StartedRun, conclusion: string): void {
    run.status = 'completed';
    run.conclusion = conclusion;
  }

  #start({ event, payload, branch, commit, ref, from }: Start): StartedRun {
    const { state, apiUrl, origin } = this.gitHub;
    const id = state.id();
    const run: Run = {
      id,
      path: WORKFLOW,
      event,
      head_branch: branch,
      head_sha: commit,
      head_repository: from === undefined ? state.repository : from,
      run_attempt: 1,
      status: 'in_progress',
      conclusion: null,
      backendId: `backend-${id}`,
    };
    state.runs.push(run);
    const path = join(this.#folder, `event-${id}.json`);
    const repository = { ...state.repository, default_branch: state.defaultBranch };
    writeFileSync(path, JSON.stringify({ ...payload, repository, sender: { login: 'alice' } }));
    const env = {
      GITHUB_REPOSITORY: state.repository.full_name,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: apiUrl,
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: path,
      GITHUB_WORKFLOW: 'Gate',
      GITHUB_WORKFLOW_REF: `${state.repository.full_name}/${WORKFLOW}@${ref ?? `refs/heads/${branch}`}`,
      GITHUB_JOB: 'gate',
      GITHUB_RUN_ID: String(id),
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_REF: ref ?? `refs/heads/${branch}`,
      GITHUB_SHA: event === 'pull_request' ? sha('merge') : commit,
      ACTIONS_RUNTIME_TOKEN: runtimeToken(run),
      ACTIONS_RESULTS_URL: `${origin}/`,
      'INPUT_GITHUB-TOKEN': TOKEN,
    };
    return { run, env };
  }
}

export interface StartedRun {
  readonly run: Run;
  readonly env: Readonly<Record<string, string>>;
}
