import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notAccessible, notFound, secondaryLimit } from './stand-in/answer.ts';
import { Workflows } from './stand-in/workflow.ts';
import { fail, tell } from './telling.ts';

let folder: string;
let workflows: Workflows;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-github-'));
  workflows = await Workflows.open(folder);
  workflows.push(7, 'one');
});
afterEach(async () => {
  await workflows.gitHub.stop();
  await rm(folder, { recursive: true, force: true });
});

const bodies = () => workflows.gitHub.state.comments.map(({ body }) => body);

describe('what GitHub refuses', () => {
  const everything = { check: 'true', status: 'true' };

  it('is a warning with the name of the permission, each', async () => {
    workflows.permit({ contents: 'read', 'pull-requests': 'read' });
    const { warnings } = await tell(fail, workflows.onPull(7), everything);
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
    workflows.gitHub.fail('POST', /check-runs$/, answer, { times: 9 });
    const { warnings } = await tell(fail, workflows.onPull(7), { check: 'true' });
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(bodies()).toHaveLength(1);
  });

  it('waits for a secondary rate limit that is short, and tries again where the server broke', async () => {
    workflows.gitHub.fail('POST', /check-runs$/, secondaryLimit(1));
    workflows.gitHub.fail('POST', /check-runs$/, { status: 502, body: { message: 'Bad Gateway' } });
    const { notes, warnings } = await tell(fail, workflows.onPull(7), {
      check: 'true',
      comment: 'never',
    });
    expect(warnings).toEqual([]);
    expect(notes).toEqual(['GitHub limits the rate of requests: waiting for 1 s']);
    expect(workflows.gitHub.state.checks).toHaveLength(1);
  });

  it('gives up on a server that stays broken', async () => {
    const broke = { status: 502, body: { message: 'Bad Gateway' } };
    workflows.gitHub.fail('POST', /check-runs$/, broke, { times: 99 });
    const { warnings } = await tell(fail, workflows.onPull(7), { check: 'true', comment: 'never' });
    expect(warnings).toEqual([expect.stringContaining('GitHub answered 502: Bad Gateway')]);
    expect(workflows.gitHub.writes()).toHaveLength(3);
  });

  it('a token that is not known', async () => {
    const { warnings } = await tell(fail, workflows.onPull(7), { 'github-token': 'stale' });
    expect(warnings).toEqual([expect.stringContaining('does not know the token')]);
  });

  it('without a token: only what was asked for by name is missed', async () => {
    const run = workflows.onPull(7);
    const { 'INPUT_GITHUB-TOKEN': _, ...env } = run.env;
    expect((await tell(fail, { run: run.run, env })).warnings).toEqual([]);
    const { warnings } = await tell(fail, { run: run.run, env }, { check: 'true' });
    expect(warnings).toEqual([expect.stringContaining('needs the input github-token')]);
    expect(workflows.gitHub.requests).toEqual([]);
  });
});
