import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const { jobs } = parse(readFileSync('.github/workflows/release.yml', 'utf8')) as {
  jobs: { release: { steps: { name?: string; run?: string }[] } };
};
const script = jobs.release.steps.find(({ name }) => name?.startsWith('The tag of the major'))?.run;

/** What the script asks of GitHub's command line, which says that there are these tags. */
function changes(tags: readonly string[], hasMajor: boolean): string[] {
  const gh = `gh() {
    case "$*" in
      *matching-refs*) printf 'refs/tags/%s\\n' ${tags.join(' ')} v1.99.0-rc.1 ;;
      *'-X PATCH'*) ${hasMajor ? 'echo "$@"' : 'return 1'} ;;
      *) echo "$@" ;;
    esac
  }`;
  const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', `${gh}\n${script}`], {
    env: { PATH: process.env.PATH, TAG: 'v1.10.0', GH_REPO: 'o/r', GITHUB_SHA: 'abc' },
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout.split('\n').filter(Boolean);
}

it('follows the newest release', () => {
  expect(changes(['v1.2.0', 'v1.9.0', 'v1.10.0'], true)).toEqual([
    'api repos/o/r/git/refs/tags/v1 -X PATCH -f sha=abc -F force=true',
  ]);
});

it('is made by the first of a major version', () => {
  expect(changes(['v1.10.0'], false)).toEqual([
    'api repos/o/r/git/refs -f ref=refs/tags/v1 -f sha=abc',
  ]);
});

it('stays where an older version was mended', () => {
  expect(changes(['v1.10.0', 'v1.11.0'], true)).toEqual([]);
});
