import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notAccessible, notFound, secondaryLimit } from '../github/stand-in/answer.ts';
import { type StartedRun, sha, Workflows } from '../github/stand-in/workflow.ts';
import { zip } from '../github/zip.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateRecords, type RecordOptions } from '../support/records.ts';
import { Runner, type StepResult } from './runner.ts';

/** The life of a repository, told by the built Action, started as the runner does, to a stand-in. */

const PLACE = 'artifact:wireproof-baseline';
const SAME: RecordOptions = { seed: 2, rollout: 1 };
const BROKEN: RecordOptions = { seed: 3, rollout: 2, regressions: ['field-removed'] };

let folder: string;
let runner: Runner;
let workflows: Workflows;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-story-'));
  runner = new Runner(folder);
  await runner.install();
  workflows = await Workflows.open(folder);
});
afterAll(async () => {
  await workflows.gitHub.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A step of the run, which captures what a Hub saw; the run ends as the step does. */
async function step(
  run: StartedRun,
  mode: 'baseline' | 'verify',
  traffic: RecordOptions,
  inputs: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  const records = generateRecords({ requests: 150, ...traffic });
  await using hub = await hubWith(records as readonly object[] as readonly HubRecord[]);
  const [start, end] = [records[0], records.at(-1)].map((record) => String(record?.ts));
  const source = { 'kubeshark-url': hub.url, start: start ?? '', end: end ?? '' };
  const result = await runner.step({ mode, baseline: PLACE, ...source, ...inputs }, run.env);
  workflows.end(run, result.code === 0 ? 'success' : 'failure');
  return result;
}

/** Judges a file with what the base branch stored: quicker than to capture. */
async function compare(run: StartedRun, inputs: Readonly<Record<string, string>> = {}) {
  const candidate = join(folder, 'candidate.ndjson');
  const records = generateRecords({ requests: 150, ...SAME });
  await writeFile(candidate, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return runner.step({ mode: 'compare', baseline: PLACE, candidate, ...inputs }, run.env);
}

const ALL = { check: 'true', status: 'true' };
const comments = (issue = 7) =>
  workflows.gitHub.state.comments.filter((one) => one.issue === issue).map(({ body }) => body);
const lastCheck = () => workflows.gitHub.state.checks.at(-1);
const writesDuring = async (act: () => Promise<unknown>) => {
  const before = workflows.gitHub.writes().length;
  await act();
  return workflows.gitHub.writes().slice(before);
};

describe('the story of a gate', () => {
  it('has nothing to compare with in a new repository, and says so', async () => {
    workflows.push(7, 'one');
    const { code, log, outputs } = await step(workflows.onPull(7), 'verify', SAME);
    expect(code, log).toBe(4);
    expect(outputs.verdict).toBe('INCONCLUSIVE');
    expect(log).toContain(`there is no baseline in ${PLACE} yet`);
    expect(comments()).toEqual([]);
  });

  it('stores a baseline on the base branch', async () => {
    const { code, log, outputs } = await step(workflows.onPush('main', 'm1'), 'baseline', {
      seed: 1,
    });
    expect(code, log).toBe(0);
    expect(outputs.profile).toBe(PLACE);
    expect(workflows.gitHub.state.artifacts).toMatchObject([{ name: 'wireproof-baseline' }]);
  });

  it('passes a pull request that changes nothing, without a word', async () => {
    const { code, log } = await step(workflows.onPull(7), 'verify', SAME, ALL);
    expect(code, log).toBe(0);
    expect(comments()).toEqual([]);
    expect(lastCheck()).toMatchObject({ conclusion: 'success', head_sha: sha('one') });
  });

  it('fails one that breaks: a comment, a check, a status', async () => {
    workflows.push(7, 'two');
    const run = workflows.onPull(7);
    const { code, log, outputs } = await step(run, 'verify', BROKEN, ALL);
    expect(code, log).toBe(1);
    expect(outputs.verdict).toBe('FAIL');
    expect(comments()).toEqual([expect.stringContaining('# ❌ Wireproof: FAIL')]);
    expect(comments()[0]).toContain('schema.field-removed');
    expect(comments()[0]).toContain(`/actions/runs/${run.run.id}`);
    expect(lastCheck()).toMatchObject({ conclusion: 'failure', head_sha: sha('two') });
    expect(lastCheck()?.annotations.length).toBeGreaterThan(0);
    expect(workflows.gitHub.state.statuses.at(-1)).toMatchObject({
      state: 'failure',
      sha: sha('two'),
    });
    expect(log).not.toMatch(/(?<!::add-mask::)ghs_workflow/);
  });

  it('says the same when the run is started again', async () => {
    const again = workflows.again(workflows.onPull(7));
    const { code } = await step(again, 'verify', BROKEN, ALL);
    expect(code).toBe(1);
    expect(comments()).toEqual([expect.stringContaining('/attempts/2')]);
  });

  it('turns the comment green once it is fixed', async () => {
    workflows.push(7, 'three');
    const { code, log } = await step(workflows.onPull(7), 'verify', SAME, ALL);
    expect(code, log).toBe(0);
    expect(comments()).toEqual([expect.stringContaining('# ✅ Wireproof: PASS')]);
    expect(comments()[0]).toContain(`**Fixed in ${sha('three')}.**`);
    expect(lastCheck()).toMatchObject({ conclusion: 'success', head_sha: sha('three') });
  });

  it('gives a fork its verdict, and tries to write nothing', async () => {
    workflows.push(8, 'evil', { fork: true });
    const run = workflows.onPull(8);
    const written = await writesDuring(async () => {
      const { code, outputs } = await step(run, 'verify', BROKEN, ALL);
      expect(code).toBe(1);
      expect(outputs.verdict).toBe('FAIL');
    });
    expect(written).toEqual([]);
  });

  it('judges a merge group at its own head, and comments nowhere', async () => {
    const before = comments();
    const written = await writesDuring(async () => {
      const { code, log } = await step(workflows.onMergeGroup('queued'), 'verify', SAME, ALL);
      expect(code, log).toBe(0);
    });
    expect(written).toEqual([
      'POST /repos/acme/shop/check-runs',
      `POST /repos/acme/shop/statuses/${sha('queued')}`,
    ]);
    expect(lastCheck()).toMatchObject({ conclusion: 'success', head_sha: sha('queued') });
    expect(comments()).toEqual(before);
  });

  it('tells a deployment how it is', async () => {
    const { code } = await step(workflows.onDeployment('live'), 'verify', BROKEN, {
      'deployment-status': 'true',
    });
    expect(code).toBe(1);
    expect(workflows.gitHub.state.deploymentStatuses).toMatchObject([{ state: 'failure' }]);
  });
});

describe('an accepted change', () => {
  const accepted = (by: string) => `accept:
  - rule: schema.field-removed
    operation: '*'
    reason: the currency moved to its own field
    by: ${by}
    expires: 2099-12-31
`;
  const config = (text: string) => writeFile(join(runner.workspace, 'wireproof.yml'), text);
  const judge = (run: StartedRun) => step(run, 'verify', BROKEN);

  it('passes where the base branch accepts it, and says by whom and until when', async () => {
    workflows.push(11, 'accepted by main');
    await config(accepted('alice'));
    workflows.gitHub.state.files.set(`${sha('base')} wireproof.yml`, accepted('alice'));
    const { code, log, summary } = await judge(workflows.onPull(11));
    expect(code, log).toBe(0);
    expect(summary).toContain('the currency moved to its own field');
    expect(summary).toContain('alice');
    expect(summary).toContain('2099-12-31');
    expect(comments(11)).toEqual([]);
  });

  it('does not where the change accepts itself, until somebody who may approves it', async () => {
    const { state } = workflows.gitHub;
    workflows.push(12, 'accepts itself');
    await config(accepted('mallory'));
    state.files.delete(`${sha('base')} wireproof.yml`);
    const refused = await judge(workflows.onPull(12));
    expect(refused.code, refused.log).toBe(1);
    expect(refused.summary).toContain('of no effect until merged or approved');
    expect(comments(12)).toEqual([expect.stringContaining('Wireproof: FAIL')]);

    state.collaborators.set('alice', 'write');
    const user = { login: 'alice', type: 'User' } as const;
    const commit_id = sha('accepts itself');
    state.reviews.push({ id: state.id(), pull: 12, user, state: 'APPROVED', commit_id });
    const approved = await judge(workflows.again(workflows.onPull(12)));
    expect(approved.code, approved.log).toBe(0);
    expect(comments(12)).toEqual([expect.stringContaining('Wireproof: PASS')]);
    expect(comments(12)[0]).toContain('2099-12-31');
    await rm(join(runner.workspace, 'wireproof.yml'));
  });
});

describe('what others make', () => {
  it("a fork's baseline does not count, though its branch bears the base's name", async () => {
    workflows.push(9, 'poison', { fork: true });
    const poison = await step(workflows.onPull(9), 'baseline', BROKEN);
    expect(poison.code, poison.log).toBe(0);
    const { code, log } = await step(workflows.onPull(7), 'verify', BROKEN, { comment: 'never' });
    expect(code).toBe(1);
    expect(log).toMatch(/the baseline of run \d+ is refused: its code came from mallory\/shop/);
  });

  it('a baseline that was tampered with is refused: no verdict, and the check says so', async () => {
    const { state } = workflows.gitHub;
    const stored = state.artifacts.find(({ run }) =>
      state.runs.some((one) => one.id === run && one.event === 'push'),
    );
    const bytes = state.blobs.get(stored?.blob ?? '');
    if (!stored || !bytes) throw new Error('no baseline');
    state.blobs.set(stored.blob, zip([{ name: 'baseline.json.zst', content: Buffer.from('{}') }]));
    const { code, log, summary } = await step(workflows.onPull(7), 'verify', SAME, ALL);
    state.blobs.set(stored.blob, bytes);
    expect(code).toBe(3);
    expect(log).toMatch(
      /::error title=Wireproof::.*is refused: its archive has the digest sha256:/,
    );
    expect(summary).toContain('no verdict');
    expect(lastCheck()).toMatchObject({
      conclusion: 'failure',
      title: expect.stringMatching(/^no verdict/),
    });
  });

  it("comments of others, a hundred and more, don't hide ours and stay as they are", async () => {
    const { state } = workflows.gitHub;
    const user = { login: 'bob', type: 'User' } as const;
    const [ours] = state.comments.splice(
      state.comments.findIndex(({ issue }) => issue === 7),
      1,
    );
    const before = ours?.body ?? '';
    for (let i = 0; i < 150; i++) {
      state.comments.push({ id: state.id(), issue: 7, user, body: before });
    }
    state.comments.push(ours as NonNullable<typeof ours>);
    await step(workflows.onPull(7), 'verify', BROKEN);
    expect(
      comments()
        .slice(0, 150)
        .every((body) => body === ours?.body || body.includes('PASS')),
    ).toBe(true);
    expect(comments()).toHaveLength(151);
    expect(comments()[150]).toContain('# ❌ Wireproof: FAIL');
  });
});

it('a run that tells GitHub nothing loads none of what would', async () => {
  const dist = join(folder, 'action', 'dist');
  const parts = await readdir(dist);
  const gone: string[] = [];
  for (const part of parts.filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(dist, part), 'utf8');
    if (!/octokit\/|azure\/storage-blob/.test(text)) continue;
    await rename(join(dist, part), join(folder, part));
    gone.push(part);
  }
  const before = join(folder, 'before.ndjson');
  const records = generateRecords({ requests: 150, ...SAME });
  await writeFile(before, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const { env } = workflows.onPush('main', 'quiet');
  const inputs = { mode: 'compare', baseline: before, candidate: before };
  const { code, log } = await runner.step(inputs, env);
  for (const part of gone) await rename(join(folder, part), join(dist, part));
  expect(gone.length).toBeGreaterThan(1);
  expect(code, log).toBe(0);
});

describe('what GitHub refuses is never the verdict', () => {
  it.each([
    ['403', notAccessible(), 9, /permission checks: write/],
    ['404', notFound(), 9, /permission checks: write/],
    ['502 for good', { status: 502, body: { message: 'Bad Gateway' } }, 9, /answered 502/],
    ['502 once', { status: 502, body: { message: 'Bad Gateway' } }, 1, undefined],
    ['a secondary rate limit', secondaryLimit(1), 1, undefined],
    ['a secondary rate limit of an hour', secondaryLimit(3_600), 9, /limits the rate/],
  ])('%s', async (_, answer, times, warning) => {
    const word = `refused ${_}`;
    workflows.push(20, word);
    workflows.gitHub.fail('POST', /\/check-runs$/, answer, { times });
    const { code, log, outputs } = await compare(workflows.onPull(20), { check: 'true' });
    workflows.gitHub.heal();
    expect(code, log).toBe(0);
    expect(outputs.verdict).toBe('PASS');
    const warned = log.match(/^::warning title=Wireproof::.*$/m)?.[0];
    if (warning) expect(warned).toMatch(warning);
    else expect(warned).toBeUndefined();
    const made = workflows.gitHub.state.checks.filter(({ head_sha }) => head_sha === sha(word));
    expect(made).toHaveLength(warning ? 0 : 1);
  });
});
