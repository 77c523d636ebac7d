import { VERSION } from '../version.ts';
import { runGit } from './git-command.ts';
import type { Run } from './provenance.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Told = Omit<Run, 'wireproof'>;

const MAX_TEXT = 512;

/**
 * The run that this is, as the pipeline's variables tell it (GitHub's, GitLab's), else the working
 * repository: what nobody tells is left out. `WIREPROOF_ENVIRONMENT` names the environment.
 */
export async function runOf(env: Env, signal: AbortSignal): Promise<Run> {
  const told = fromGithub(env) ?? fromGitlab(env) ?? (await fromGit(env, signal));
  const environment = env.WIREPROOF_ENVIRONMENT || told.environment;
  const filled = Object.entries({ ...told, environment, wireproof: VERSION }).flatMap(
    ([key, value]) => (value ? [[key, value.slice(0, MAX_TEXT)]] : []),
  );
  return Object.fromEntries(filled) as Run;
}

function fromGithub(env: Env): Told | undefined {
  if (!env.GITHUB_REPOSITORY) return undefined;
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  return {
    repository: repositoryOf(`${server}/${env.GITHUB_REPOSITORY}`),
    commit: env.GITHUB_SHA,
    ref: env.GITHUB_REF,
    workflow: env.GITHUB_WORKFLOW,
    runId: env.GITHUB_RUN_ID,
  };
}

function fromGitlab(env: Env): Told | undefined {
  if (!env.CI_PROJECT_URL) return undefined;
  const { CI_COMMIT_TAG: tag, CI_COMMIT_BRANCH: branch } = env;
  return {
    repository: repositoryOf(env.CI_PROJECT_URL),
    commit: env.CI_COMMIT_SHA,
    ref: tag ? `refs/tags/${tag}` : branch ? `refs/heads/${branch}` : undefined,
    workflow: env.CI_PIPELINE_NAME || env.CI_JOB_NAME,
    runId: env.CI_PIPELINE_ID,
    environment: env.CI_ENVIRONMENT_NAME,
  };
}

async function fromGit(env: Env, signal: AbortSignal): Promise<Told> {
  const ask = async (...args: string[]) => {
    const { code, stdout } = await runGit(args, { env, signal });
    return code === 0 ? stdout.toString('utf8').trim() : undefined;
  };
  const commit = await ask('rev-parse', '--verify', '--quiet', 'HEAD');
  const ref = await ask('symbolic-ref', '--quiet', 'HEAD');
  const remote = await ask('config', '--get', 'remote.origin.url');
  return { repository: remote && repositoryOf(remote), commit, ref };
}

/**
 * `https://user:secret@Host/Acme/shop.git` and `git@host:acme/shop.git` → `host/acme/shop`: without
 * credentials, in lower case as hosts compare it. Undefined for a path on this machine.
 */
export function repositoryOf(url: string): string | undefined {
  const [, scpHost, scpPath] = /^(?:[^@/:]+@)?([^@/:]{2,}):(?!\/\/)(.+)$/.exec(url) ?? [];
  const parsed = scpHost === undefined && URL.canParse(url) ? new URL(url) : undefined;
  const [host, path] = parsed ? [parsed.hostname, parsed.pathname] : [scpHost, scpPath];
  if (!host || !path) return undefined;
  const trimmed = path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return `${host}/${trimmed}`.toLowerCase();
}
