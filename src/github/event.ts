import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { visible } from '../support/escape.ts';

/** What started the workflow, as far as it matters here. */
export type Event =
  | PullRequest
  | { readonly kind: 'merge-group'; readonly sha: string; readonly baseRef: string }
  | { readonly kind: 'push'; readonly sha: string; readonly ref: string }
  | { readonly kind: 'deployment'; readonly sha: string; readonly id: number }
  | { readonly kind: 'other' }
  /** What it was about can't be told. */
  | { readonly kind: 'unreadable'; readonly pull: boolean; readonly reason: string };

export interface PullRequest {
  readonly kind: 'pull-request';
  readonly number: number;
  /** The head's commit, not the one that merges it. */
  readonly sha: string;
  /** The base's branch, as `main`, and its commit when the event happened. */
  readonly baseRef: string;
  readonly baseSha: string;
  /** The head is in another repository, or in none any more. */
  readonly fork: boolean;
  /** `pull_request_target`: the workflow is the base's, and its token may write also for forks. */
  readonly trusted: boolean;
}

/** GitHub sends no larger ones. */
const MAX_BYTES = 25 * 1024 * 1024;

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const name = z.string().min(1).max(1_000);
const repo = z.object({ full_name: name });

const pullRequest = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha, repo: repo.nullable() }),
    base: z.object({ sha, ref: name, repo }),
  }),
});
const mergeGroup = z.object({ merge_group: z.object({ head_sha: sha, base_ref: name }) });
const push = z.object({ ref: name, after: sha });
const deployment = z.object({ deployment: z.object({ id: z.int().positive(), sha }) });

/** The event that the runner's variables tell of, with its payload. Never throws. */
export async function readEvent({
  GITHUB_EVENT_NAME: event,
  GITHUB_EVENT_PATH: path,
}: Readonly<Record<string, string | undefined>>): Promise<Event> {
  if (event === undefined) return { kind: 'other' };
  // As also `pull_request_review`; `pull_request_target` alone runs what the base branch says.
  const pull = event.startsWith('pull_request');
  const read = pull ? pullRequestOf(event === 'pull_request_target') : READERS.get(event);
  if (!read) return { kind: 'other' };
  try {
    if (!path) throw new Error('GITHUB_EVENT_PATH is not set');
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new Error(`the payload has ${size} bytes`);
    return read(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? `${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`
        : String(error instanceof Error ? error.message : error);
    return { kind: 'unreadable', pull, reason: visible(`the payload of ${event}: ${why}`) };
  }
}

type Reader = (payload: unknown) => Event;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'merge_group',
    (payload) => {
      const { head_sha, base_ref } = mergeGroup.parse(payload).merge_group;
      return { kind: 'merge-group', sha: head_sha, baseRef: branchOf(base_ref) };
    },
  ],
  [
    'push',
    (payload) => {
      const { ref, after } = push.parse(payload);
      return { kind: 'push', sha: after, ref };
    },
  ],
  ['deployment', (payload) => ({ kind: 'deployment', ...deployment.parse(payload).deployment })],
]);

function pullRequestOf(trusted: boolean): Reader {
  return (payload) => {
    const { number, head, base } = pullRequest.parse(payload).pull_request;
    return {
      kind: 'pull-request',
      number,
      sha: head.sha,
      baseRef: base.ref,
      baseSha: base.sha,
      fork: head.repo?.full_name !== base.repo.full_name,
      trusted,
    };
  };
}

/** Whether a change is judged that is not merged, also where its payload can't be read. */
export function isPullRequest(event: Event): boolean {
  return event.kind === 'pull-request' || (event.kind === 'unreadable' && event.pull);
}

/** `refs/heads/main` → `main`. */
export function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
