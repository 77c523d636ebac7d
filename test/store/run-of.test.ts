import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryOf, runOf } from '../../src/store/run-of.ts';
import { VERSION } from '../../src/version.ts';
import { withFolder } from '../support/with-file.ts';

const signal = AbortSignal.timeout(600_000);

describe('the run that captures', () => {
  test('is told by GitHub', async () => {
    const env = {
      GITHUB_SERVER_URL: 'https://ghe.example.org',
      GITHUB_REPOSITORY: 'Acme/Shop',
      GITHUB_SHA: 'c0ffee',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_WORKFLOW: 'x'.repeat(1_000),
      GITHUB_RUN_ID: '42',
    };
    expect(await runOf(env, signal)).toEqual({
      repository: 'ghe.example.org/acme/shop',
      commit: 'c0ffee',
      ref: 'refs/pull/7/merge',
      workflow: 'x'.repeat(512),
      runId: '42',
      wireproof: VERSION,
    });
  });

  test('is told by GitLab, and WIREPROOF_ENVIRONMENT names the environment', async () => {
    const env = {
      CI_PROJECT_URL: 'https://gitlab.com/acme/team/shop',
      CI_COMMIT_SHA: 'c0ffee',
      CI_COMMIT_BRANCH: 'main',
      CI_JOB_NAME: 'gate',
      CI_PIPELINE_ID: '7',
      CI_ENVIRONMENT_NAME: 'review/x',
    };
    const run = await runOf(env, signal);
    expect(run).toEqual({
      repository: 'gitlab.com/acme/team/shop',
      commit: 'c0ffee',
      ref: 'refs/heads/main',
      workflow: 'gate',
      runId: '7',
      environment: 'review/x',
      wireproof: VERSION,
    });
    const named = await runOf({ ...env, WIREPROOF_ENVIRONMENT: 'staging' }, signal);
    expect(named).toEqual({ ...run, environment: 'staging' });
  });

  test('is told by git, else by nobody', () =>
    withFolder(async (folder) => {
      const env = { PATH: process.env.PATH, HOME: folder, GIT_DIR: join(folder, '.git') };
      expect(await runOf(env, signal)).toEqual({ wireproof: VERSION });
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
          cwd: folder,
          encoding: 'utf8',
        }).trim();
      git('init', '--quiet', '--initial-branch=trunk');
      git('commit', '--quiet', '--allow-empty', '-m', 'One');
      git('remote', 'add', 'origin', 'https://user:hunter2@github.com/acme/shop.git');
      expect(await runOf(env, signal)).toEqual({
        repository: 'github.com/acme/shop',
        commit: git('rev-parse', 'HEAD'),
        ref: 'refs/heads/trunk',
        wireproof: VERSION,
      });
    }));

  test.each([
    ['git@github.com:Acme/shop.git', 'github.com/acme/shop'],
    ['ssh://git@github.com:22/acme/shop.git', 'github.com/acme/shop'],
    ['https://token@github.com/acme/shop/', 'github.com/acme/shop'],
    ['/srv/git/shop.git', undefined],
    ['../shop', undefined],
    ['file:///srv/git/shop.git', undefined],
    ['C:\\shop', undefined],
  ])('a remote at %s is %s', (url, repository) => {
    expect(repositoryOf(url)).toBe(repository);
  });
});
