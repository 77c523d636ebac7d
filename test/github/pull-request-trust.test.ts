import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvent } from '../../src/github/event.ts';
import { pullRequestTrust } from '../../src/github/pull-request-trust.ts';
import { runContextOf } from '../../src/github/run-context.ts';
import { silent } from '../../src/support/progress.ts';
import { failure } from './stand-in/answer.ts';
import type { Review } from './stand-in/state.ts';
import { sha, Workflows } from './stand-in/workflow.ts';

let folder: string;
let workflows: Workflows;
let warnings: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-github-'));
  workflows = await Workflows.open(folder);
  workflows.push(7, 'one');
  warnings = [];
  workflows.gitHub.state.collaborators.set('alice', 'write').set('root', 'admin');
});
afterEach(async () => {
  await workflows.gitHub.stop();
  await rm(folder, { recursive: true, force: true });
});

async function trust() {
  const { env } = workflows.onPull(7);
  const run = runContextOf(env, await readEvent(env));
  if (!run) throw new Error('no run');
  return pullRequestTrust(run, 'wireproof.yml', {
    token: env['INPUT_GITHUB-TOKEN'],
    signal: new AbortController().signal,
    progress: { ...silent, warn: (line) => void warnings.push(line) },
  });
}

function review(login: string, state: Review['state'], word = 'one') {
  const { state: gitHub } = workflows.gitHub;
  const user = { login, type: 'User' } as const;
  gitHub.reviews.push({ id: gitHub.id(), pull: 7, user, state, commit_id: sha(word) });
}

const isReviewed = async () => (await trust()).isReviewed();

describe('whether a change is reviewed', () => {
  it('is not where nobody said anything, nor where somebody only remarked', async () => {
    expect(await isReviewed()).toBe(false);
    review('alice', 'COMMENTED');
    expect(await isReviewed()).toBe(false);
  });

  it.each(['alice', 'root'])('is where %s approved', async (login) => {
    review(login, 'APPROVED');
    review(login, 'COMMENTED');
    expect(await isReviewed()).toBe(true);
  });

  it('is not by somebody who may not push', async () => {
    review('mallory', 'APPROVED');
    expect(await isReviewed()).toBe(false);
  });

  it.each(['APPROVED', 'CHANGES_REQUESTED'] as const)(
    'is not by an app that says %s, which hides no approval of a person',
    async (state) => {
      review('helper[bot]', state);
      expect(await isReviewed()).toBe(false);
      review('alice', 'APPROVED');
      expect(await isReviewed()).toBe(true);
      expect(warnings).toEqual([]);
    },
  );

  it('is not by an approval of an earlier commit', async () => {
    review('alice', 'APPROVED');
    workflows.push(7, 'two');
    expect(await isReviewed()).toBe(false);
  });

  it.each(['DISMISSED', 'CHANGES_REQUESTED'] as const)('is not any more once %s', async (state) => {
    review('alice', 'APPROVED');
    review('alice', state);
    expect(await isReviewed()).toBe(false);
  });

  it('is not while another who may push wants it changed; whoever may not is not asked', async () => {
    review('alice', 'APPROVED');
    review('mallory', 'CHANGES_REQUESTED');
    expect(await isReviewed()).toBe(true);
    review('root', 'CHANGES_REQUESTED', 'zero');
    expect(await isReviewed()).toBe(false);
  });

  it('counts the last word of each among a hundred and more', async () => {
    review('alice', 'APPROVED');
    for (let i = 0; i < 130; i++) review(`reader-${i}`, 'COMMENTED');
    review('alice', 'CHANGES_REQUESTED');
    expect(await isReviewed()).toBe(false);
  });

  it('is not known, and is told, where GitHub may not be asked', async () => {
    workflows.permit({ contents: 'read' });
    review('alice', 'APPROVED');
    expect(await isReviewed()).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(/403.*permission pull-requests: read$/)]);
  });
});

describe("the base branch's configuration", () => {
  const read = async () => (await trust()).readBaseConfig();

  it('is that of the commit that the pull request goes onto', async () => {
    workflows.gitHub.state.files.set(`${sha('base')} wireproof.yml`, 'min-samples: 30 # …\n');
    workflows.gitHub.state.files.set(`${sha('one')} wireproof.yml`, 'min-samples: 1\n');
    expect(await read()).toBe('min-samples: 30 # …\n');
  });

  it('is empty where the base has none', async () => {
    expect(await read()).toBe('');
  });

  it('is not known, and is told, where GitHub can not be asked', async () => {
    workflows.gitHub.fail(
      'GET',
      /\/contents\//,
      failure(403, 'Resource not accessible by integration'),
    );
    expect(await read()).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/403.*permission contents: read$/)]);
  });
});
