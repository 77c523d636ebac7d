import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { Workflows } from './stand-in/workflow.ts';

interface OnGitHub {
  /** Where a test may leave files. */
  readonly folder: string;
  readonly workflows: Workflows;
  /** Bodies of all comments, in order. */
  readonly bodies: () => string[];
}

/** Workflows against a stand-in of their own for each test, with one push to pull request 7. */
export function onGitHub(): OnGitHub {
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
  return {
    get folder() {
      return folder;
    },
    get workflows() {
      return workflows;
    },
    bodies: () => workflows.gitHub.state.comments.map(({ body }) => body),
  };
}
