import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finding, HOSTILE, judgement } from '../support/judgements.ts';
import { ACTIONS_BOT } from './stand-in/state.ts';
import { sha, Workflows } from './stand-in/workflow.ts';
import { fail, pass, tell } from './telling.ts';

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

describe('the comment', () => {
  it('is not made where there is nothing to tell, unless it is always wanted', async () => {
    await tell(pass, workflows.onPull(7));
    expect(workflows.gitHub.writes()).toEqual([]);
    await tell(pass, workflows.onPull(7), { comment: 'always' });
    expect(bodies()).toEqual([expect.stringContaining('Wireproof: PASS')]);
    expect(bodies()[0]).not.toContain('Fixed in');
  });

  it('is never made where it is not wanted', async () => {
    await tell(fail, workflows.onPull(7), { comment: 'never' });
    expect(workflows.gitHub.requests).toEqual([]);
  });

  it('is one: updated in place, green when fixed, and it remembers which commit fixed it', async () => {
    const run = workflows.onPull(7);
    expect(await tell(fail, run)).toEqual({ notes: [], warnings: [] });
    expect(bodies()).toEqual([expect.stringContaining('# ❌ Wireproof: FAIL')]);
    expect(bodies()[0]).toContain(`https://github.com/acme/shop/actions/runs/${run.run.id}`);
    workflows.push(7, 'two');
    await tell(pass, workflows.onPull(7));
    expect(bodies()).toEqual([expect.stringContaining('# ✅ Wireproof: PASS')]);
    expect(bodies()[0]).toContain(`**Fixed in ${sha('two')}.**`);
    workflows.push(7, 'three');
    await tell(pass, workflows.onPull(7));
    expect(bodies()).toEqual([expect.stringContaining(`**Fixed in ${sha('two')}.**`)]);
    expect(bodies()[0]).toContain(`of ${sha('three')}`);
    workflows.push(7, 'four');
    await tell(fail, workflows.onPull(7));
    expect(bodies()).toEqual([expect.not.stringContaining('Fixed in')]);
  });

  it('stays as it is when an old run is started again', async () => {
    const old = workflows.onPull(7);
    await tell(fail, old);
    workflows.push(7, 'two');
    await tell(pass, workflows.onPull(7));
    const now = bodies();
    const { notes } = await tell(fail, workflows.again(old));
    expect(notes).toEqual([expect.stringContaining('has moved on')]);
    expect(bodies()).toEqual(now);
  });

  it('is found behind a hundred others, and those of others are never touched', async () => {
    const { state } = workflows.gitHub;
    const say = (user: typeof ACTIONS_BOT, body: string) =>
      state.comments.push({ id: state.id(), issue: 7, user, body });
    await tell(fail, workflows.onPull(7));
    const [mine] = state.comments.splice(0);
    const mallory = { login: 'mallory', type: 'User' } as const;
    for (let i = 0; i < 230; i++) say(mallory, i % 2 ? `remark ${i}` : (mine?.body ?? ''));
    state.comments.push(mine as NonNullable<typeof mine>);
    for (let i = 0; i < 20; i++) say(ACTIONS_BOT, `another workflow's ${i}`);
    const others = bodies().filter((_, i) => i !== 230);
    await tell(pass, workflows.onPull(7));
    expect(bodies().filter((_, i) => i !== 230)).toEqual(others);
    expect(bodies()[230]).toContain('Wireproof: PASS');
    expect(state.comments).toHaveLength(251);
  });

  it('stays one where two runs made one each', async () => {
    await tell(fail, workflows.onPull(7));
    const { state } = workflows.gitHub;
    const [first] = state.comments;
    state.comments.push({ ...(first as NonNullable<typeof first>), id: state.id() });
    await tell(pass, workflows.onPull(7));
    expect(state.comments.map(({ id }) => id)).toEqual([first?.id]);
    expect(bodies()[0]).toContain('Wireproof: PASS');
  });

  it('is another one for another key', async () => {
    await tell(fail, workflows.onPull(7), { 'comment-key': 'orders' });
    await tell(fail, workflows.onPull(7), { 'comment-key': 'users' });
    await tell(fail, workflows.onPull(7), { 'comment-key': 'users' });
    expect(bodies()).toHaveLength(2);
  });

  it('is made once where the server broke after it had heard', async () => {
    const broke = { status: 502, body: { message: 'Server Error' } };
    workflows.gitHub.fail('POST', /\/issues\/7\/comments$/, broke, { heard: true });
    expect((await tell(fail, workflows.onPull(7))).warnings).toEqual([]);
    expect(bodies()).toHaveLength(1);
  });

  it('keeps within the limit with 2,000 findings of hostile names, and says what it leaves out', async () => {
    const findings = Array.from({ length: 2_000 }, (_, i) => {
      const name = HOSTILE[i % HOSTILE.length] ?? '';
      return finding({ operation: name, summary: name, path: name });
    });
    const judged = judgement({ verdict: 'FAIL', reasons: HOSTILE, findings });
    const { warnings } = await tell(
      { kind: 'judged', judgement: judged, exitCode: 1 },
      workflows.onPull(7),
    );
    expect(warnings).toEqual([]);
    const [body = ''] = bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/[\d,]+ more findings? left out here/);
    expect(body).toContain('2,000 findings');
    expect(body).toContain('/actions/runs/');
    expect(body.match(/<!--/g)).toHaveLength(1);
  });
});

it('an Enterprise Server has its API below a path', async () => {
  const enterprise = await Workflows.open(folder, '/api/v3');
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
