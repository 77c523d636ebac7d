import { describe, expect, it } from 'vitest';
import { finding, HOSTILE, judgement } from '../support/judgements.ts';
import { onGitHub } from './on-github.ts';
import { ACTIONS_BOT } from './stand-in/state.ts';
import { sha, Workflows } from './stand-in/workflow.ts';
import { fail, pass, tell } from './telling.ts';

const gitHub = onGitHub();

describe('the comment', () => {
  it('is not made where there is nothing to tell, unless it is always wanted', async () => {
    await tell(pass, gitHub.workflows.onPull(7));
    expect(gitHub.workflows.gitHub.writes()).toEqual([]);
    await tell(pass, gitHub.workflows.onPull(7), { comment: 'always' });
    expect(gitHub.bodies()).toEqual([expect.stringContaining('Wireproof: PASS')]);
    expect(gitHub.bodies()[0]).not.toContain('Fixed in');
  });

  it('is never made where it is not wanted', async () => {
    await tell(fail, gitHub.workflows.onPull(7), { comment: 'never' });
    expect(gitHub.workflows.gitHub.requests).toEqual([]);
  });

  it('is one: updated in place, green when fixed, and it remembers which commit fixed it', async () => {
    const run = gitHub.workflows.onPull(7);
    expect(await tell(fail, run)).toEqual({ notes: [], warnings: [] });
    expect(gitHub.bodies()).toEqual([expect.stringContaining('# ❌ Wireproof: FAIL')]);
    expect(gitHub.bodies()[0]).toContain(`https://github.com/acme/shop/actions/runs/${run.run.id}`);
    gitHub.workflows.push(7, 'two');
    await tell(pass, gitHub.workflows.onPull(7));
    expect(gitHub.bodies()).toEqual([expect.stringContaining('# ✅ Wireproof: PASS')]);
    expect(gitHub.bodies()[0]).toContain(`**Fixed in ${sha('two')}.**`);
    gitHub.workflows.push(7, 'three');
    await tell(pass, gitHub.workflows.onPull(7));
    expect(gitHub.bodies()).toEqual([expect.stringContaining(`**Fixed in ${sha('two')}.**`)]);
    expect(gitHub.bodies()[0]).toContain(`of ${sha('three')}`);
    gitHub.workflows.push(7, 'four');
    await tell(fail, gitHub.workflows.onPull(7));
    expect(gitHub.bodies()).toEqual([expect.not.stringContaining('Fixed in')]);
  });

  it('stays as it is when an old run is started again', async () => {
    const old = gitHub.workflows.onPull(7);
    await tell(fail, old);
    gitHub.workflows.push(7, 'two');
    await tell(pass, gitHub.workflows.onPull(7));
    const now = gitHub.bodies();
    const { notes } = await tell(fail, gitHub.workflows.again(old));
    expect(notes).toEqual([expect.stringContaining('has moved on')]);
    expect(gitHub.bodies()).toEqual(now);
  });

  it('is found behind a hundred others, and those of others are never touched', async () => {
    const { state } = gitHub.workflows.gitHub;
    const say = (user: typeof ACTIONS_BOT, body: string) =>
      state.comments.push({ id: state.id(), issue: 7, user, body });
    await tell(fail, gitHub.workflows.onPull(7));
    const [mine] = state.comments.splice(0);
    const mallory = { login: 'mallory', type: 'User' } as const;
    for (let i = 0; i < 230; i++) say(mallory, i % 2 ? `remark ${i}` : (mine?.body ?? ''));
    state.comments.push(mine as NonNullable<typeof mine>);
    for (let i = 0; i < 20; i++) say(ACTIONS_BOT, `another workflow's ${i}`);
    const others = gitHub.bodies().filter((_, i) => i !== 230);
    await tell(pass, gitHub.workflows.onPull(7));
    expect(gitHub.bodies().filter((_, i) => i !== 230)).toEqual(others);
    expect(gitHub.bodies()[230]).toContain('Wireproof: PASS');
    expect(state.comments).toHaveLength(251);
  });

  it('stays one where two runs made one each', async () => {
    await tell(fail, gitHub.workflows.onPull(7));
    const { state } = gitHub.workflows.gitHub;
    const [first] = state.comments;
    state.comments.push({ ...(first as NonNullable<typeof first>), id: state.id() });
    await tell(pass, gitHub.workflows.onPull(7));
    expect(state.comments.map(({ id }) => id)).toEqual([first?.id]);
    expect(gitHub.bodies()[0]).toContain('Wireproof: PASS');
  });

  it('is another one for another key', async () => {
    await tell(fail, gitHub.workflows.onPull(7), { 'comment-key': 'orders' });
    await tell(fail, gitHub.workflows.onPull(7), { 'comment-key': 'users' });
    await tell(fail, gitHub.workflows.onPull(7), { 'comment-key': 'users' });
    expect(gitHub.bodies()).toHaveLength(2);
  });

  it('is made once where the server broke after it had heard', async () => {
    const broke = { status: 502, body: { message: 'Server Error' } };
    gitHub.workflows.gitHub.fail('POST', /\/issues\/7\/comments$/, broke, { heard: true });
    expect((await tell(fail, gitHub.workflows.onPull(7))).warnings).toEqual([]);
    expect(gitHub.bodies()).toHaveLength(1);
  });

  it('keeps within the limit with 2,000 findings of hostile names, and says what it leaves out', async () => {
    const findings = Array.from({ length: 2_000 }, (_, i) => {
      const name = HOSTILE[i % HOSTILE.length] ?? '';
      return finding({ operation: name, summary: name, path: name });
    });
    const judged = judgement({ verdict: 'FAIL', reasons: HOSTILE, findings });
    const { warnings } = await tell(
      { kind: 'judged', judgement: judged, exitCode: 1 },
      gitHub.workflows.onPull(7),
    );
    expect(warnings).toEqual([]);
    const [body = ''] = gitHub.bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/[\d,]+ more findings? left out here/);
    expect(body).toContain('2,000 findings');
    expect(body).toContain('/actions/runs/');
    expect(body.match(/<!--/g)).toHaveLength(1);
  });
});

it('an Enterprise Server has its API below a path', async () => {
  const enterprise = await Workflows.open(gitHub.folder, '/api/v3');
  try {
    enterprise.push(7, 'one');
    await tell(fail, enterprise.onPull(7));
    await tell(pass, enterprise.onPull(7));
    expect(enterprise.gitHub.state.comments).toEqual([
      expect.objectContaining({ body: expect.stringContaining('Wireproof: PASS') }),
    ]);
  } finally {
    await enterprise.gitHub.stop();
  }
});
