import { describe, expect, it } from 'vitest';
import { onGitHub } from './on-github.ts';
import { notAccessible, notFound, secondaryLimit } from './stand-in/answer.ts';
import { fail, tell } from './telling.ts';

const gitHub = onGitHub();

describe('what GitHub refuses', () => {
  const everything = { check: 'true', status: 'true' };

  it('is a warning with the name of the permission, each', async () => {
    gitHub.workflows.permit({ contents: 'read', 'pull-requests': 'read' });
    const { warnings } = await tell(fail, gitHub.workflows.onPull(7), everything);
    expect(warnings).toEqual([
      expect.stringMatching(/check run: .*403 .*not accessible.*permission checks: write$/),
      expect.stringMatching(/commit status: .*403.*permission statuses: write$/),
      expect.stringMatching(/comment: .*403.*permission pull-requests: write$/),
    ]);
  });

  it.each([
    ['403', notAccessible(), /permission checks: write/],
    ['404', notFound(), /answered 404 \(Not Found\).*permission checks: write/],
    ['a limit of an hour', secondaryLimit(3_600), /limits the rate of requests/],
  ])('%s', async (_, answer, message) => {
    gitHub.workflows.gitHub.fail('POST', /check-runs$/, answer, { times: 9 });
    const { warnings } = await tell(fail, gitHub.workflows.onPull(7), { check: 'true' });
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(gitHub.bodies()).toHaveLength(1);
  });

  it('waits for a secondary rate limit that is short, and tries again where the server broke', async () => {
    gitHub.workflows.gitHub.fail('POST', /check-runs$/, secondaryLimit(1));
    gitHub.workflows.gitHub.fail('POST', /check-runs$/, {
      status: 502,
      body: { message: 'Bad Gateway' },
    });
    const { notes, warnings } = await tell(fail, gitHub.workflows.onPull(7), {
      check: 'true',
      comment: 'never',
    });
    expect(warnings).toEqual([]);
    expect(notes).toEqual(['GitHub limits the rate of requests: waiting for 1 s']);
    expect(gitHub.workflows.gitHub.state.checks).toHaveLength(1);
  });

  it('gives up on a server that stays broken', async () => {
    const broke = { status: 502, body: { message: 'Bad Gateway' } };
    gitHub.workflows.gitHub.fail('POST', /check-runs$/, broke, { times: 99 });
    const { warnings } = await tell(fail, gitHub.workflows.onPull(7), {
      check: 'true',
      comment: 'never',
    });
    expect(warnings).toEqual([expect.stringContaining('GitHub answered 502: Bad Gateway')]);
    expect(gitHub.workflows.gitHub.writes()).toHaveLength(3);
  });

  it('a token that is not known', async () => {
    const { warnings } = await tell(fail, gitHub.workflows.onPull(7), { 'github-token': 'stale' });
    expect(warnings).toEqual([expect.stringContaining('does not know the token')]);
  });

  it('without a token: only what was asked for by name is missed', async () => {
    const run = gitHub.workflows.onPull(7);
    const { 'INPUT_GITHUB-TOKEN': _, ...env } = run.env;
    expect((await tell(fail, { run: run.run, env })).warnings).toEqual([]);
    const { warnings } = await tell(fail, { run: run.run, env }, { check: 'true' });
    expect(warnings).toEqual([expect.stringContaining('needs the input github-token')]);
    expect(gitHub.workflows.gitHub.requests).toEqual([]);
  });
});
