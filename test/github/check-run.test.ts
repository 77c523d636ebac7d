import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Told } from '../../src/github/told.ts';
import { finding, judgement } from '../support/judgements.ts';
import { onGitHub } from './on-github.ts';
import { sha } from './stand-in/workflow.ts';
import { broken, fail, tell } from './telling.ts';

const gitHub = onGitHub();

describe('the check run', () => {
  it('has the conclusion, the report and all annotations, fifty a request', async () => {
    const findings = Array.from({ length: 120 }, (_, i) => finding({ summary: `change ${i}` }));
    const told: Told = { ...fail, judgement: { ...broken, findings } } as Told;
    expect(
      (await tell(told, gitHub.workflows.onPull(7), { check: 'true', comment: 'never' })).warnings,
    ).toEqual([]);
    const [check] = gitHub.workflows.gitHub.state.checks;
    expect(check).toMatchObject({
      name: 'Wireproof / gate',
      head_sha: sha('one'),
      conclusion: 'failure',
      title: 'FAIL: 1 breaking',
    });
    expect(check?.summary).toContain('# ❌ Wireproof: FAIL');
    expect(check?.annotations).toHaveLength(120);
    expect(check?.annotations[119]).toMatchObject({
      path: '.github/workflows/gate.yml',
      annotation_level: 'failure',
      message: 'change 119',
    });
    expect(gitHub.workflows.gitHub.writes().filter((line) => /check-runs/.test(line))).toHaveLength(
      3,
    );
  });

  it('has no failure for what is accepted', async () => {
    const accepted = { reason: 'agreed', expires: '2030-01-01' };
    const findings = [finding({ accepted }), finding({ summary: 'open', severity: 'warning' })];
    const told: Told = { kind: 'judged', judgement: judgement({ findings }), exitCode: 0 };
    await tell(told, gitHub.workflows.onPull(7), { check: 'true', comment: 'never' });
    const [check] = gitHub.workflows.gitHub.state.checks;
    expect(check?.annotations.map(({ annotation_level }) => annotation_level)).toEqual([
      'warning',
      'notice',
    ]);
  });

  it.each([
    ['PASS', { verdict: 'PASS' }, 0, 'success', 'success'],
    ['FAIL', { verdict: 'FAIL' }, 1, 'failure', 'failure'],
    ['INCONCLUSIVE', { verdict: 'INCONCLUSIVE' }, 4, 'failure', 'error'],
    ['INCONCLUSIVE and allowed', { verdict: 'INCONCLUSIVE' }, 0, 'neutral', 'success'],
    ['FAIL in a dry run', { verdict: 'FAIL' }, 0, 'neutral', 'success'],
  ] as const)('%s', async (_, given, exitCode, conclusion, state) => {
    const told: Told = { kind: 'judged', judgement: judgement(given), exitCode };
    await tell(told, gitHub.workflows.onPull(7), {
      check: 'true',
      status: 'true',
      comment: 'never',
    });
    expect(gitHub.workflows.gitHub.state.checks).toEqual([expect.objectContaining({ conclusion })]);
    expect(gitHub.workflows.gitHub.state.statuses).toEqual([
      expect.objectContaining({ state, context: 'Wireproof / gate', sha: sha('one') }),
    ]);
  });

  it('says so where there is no verdict: an old success must not stand', async () => {
    await tell({ kind: 'failed', reason: 'the Hub is gone' }, gitHub.workflows.onPull(7), {
      check: 'true',
    });
    expect(gitHub.workflows.gitHub.state.checks).toEqual([
      expect.objectContaining({ conclusion: 'failure', title: 'no verdict: the Hub is gone' }),
    ]);
    expect(gitHub.bodies()).toEqual([]);
  });
});

describe('events', () => {
  const all = { check: 'true', status: 'true', 'deployment-status': 'true' };

  it('a merge group: its head gets the check, nobody a comment', async () => {
    await tell(fail, gitHub.workflows.onMergeGroup('queued'), { ...all, comment: 'always' });
    const { checks, statuses } = gitHub.workflows.gitHub.state;
    expect([checks[0]?.head_sha, statuses[0]?.sha]).toEqual([sha('queued'), sha('queued')]);
    expect(gitHub.workflows.gitHub.writes().filter((line) => /comments/.test(line))).toEqual([]);
  });

  it('a deployment: it gets a status', async () => {
    await tell(fail, gitHub.workflows.onDeployment('live'), { 'deployment-status': 'true' });
    expect(gitHub.workflows.gitHub.state.deploymentStatuses).toEqual([
      expect.objectContaining({ state: 'failure', description: 'FAIL: 1 breaking' }),
    ]);
  });

  it.each([
    ['a push', () => gitHub.workflows.onPush('main', 'pushed'), 'pushed'],
    ['started by hand', () => gitHub.workflows.onDispatch('by hand'), 'by hand'],
  ])('%s: its commit gets the check', async (_, start, word) => {
    await tell(fail, start(), { check: 'true', comment: 'always' });
    expect(gitHub.workflows.gitHub.state.checks).toMatchObject([{ head_sha: sha(word) }]);
  });

  it.each(['pull_request', 'pull_request_target'])(
    'a fork, %s: nothing is written',
    async (event) => {
      gitHub.workflows.push(8, 'evil', { fork: true });
      const { notes, warnings } = await tell(fail, gitHub.workflows.onPull(8, event), all);
      expect(gitHub.workflows.gitHub.requests).toEqual([]);
      expect(warnings).toEqual([]);
      expect(notes).toEqual([expect.stringContaining('from a fork')]);
    },
  );

  it('a fork whose repository is gone is a fork', async () => {
    gitHub.workflows.push(8, 'evil', { fork: true });
    const pull = gitHub.workflows.gitHub.state.pulls.get(8);
    if (pull) pull.head.repo = null;
    await tell(fail, gitHub.workflows.onPull(8), all);
    expect(gitHub.workflows.gitHub.requests).toEqual([]);
  });

  it("the base's own workflow may comment for a fork, where that is asked for", async () => {
    gitHub.workflows.push(8, 'evil', { fork: true });
    await tell(fail, gitHub.workflows.onPull(8), { comment: 'always' });
    expect(gitHub.bodies()).toEqual([]);
    await tell(fail, gitHub.workflows.onPull(8, 'pull_request_target'), { comment: 'always' });
    expect(gitHub.bodies()).toHaveLength(1);
  });

  it('a payload that is not what GitHub documents: nothing is written, and why is told', async () => {
    const { run, env } = gitHub.workflows.onPull(7);
    const odd = { run, env: { ...env, GITHUB_EVENT_PATH: join(gitHub.folder, 'nowhere.json') } };
    const { notes } = await tell(fail, odd, all);
    expect(notes).toEqual([expect.stringMatching(/nothing is written to GitHub: .*ENOENT/)]);
    expect(gitHub.workflows.gitHub.requests).toEqual([]);
  });
});
