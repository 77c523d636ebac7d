import type { Judgement } from '../verdict/judgement.ts';
import type { Api } from './api.ts';
import { commentBody, hasNews } from './comment-body.ts';
import type { PullRequest } from './event.ts';
import type { RunContext } from './run-context.ts';
import { stick } from './sticky-comment.ts';
import { markerOf, stateOf } from './sticky-marker.ts';

/** Which comments are wanted: `always` makes one also where there is nothing to tell. */
export interface CommentWish {
  readonly comment: 'auto' | 'always' | 'never';
  readonly commentKey: string;
}

/**
 * Brings the pull request's comment up to date. Where the pull request has moved on, as when an old
 * run is started again, all stays as it is.
 */
export async function commentOn(
  api: Api,
  pull: PullRequest,
  judgement: Judgement,
  run: RunContext,
  { comment, commentKey }: CommentWish,
  note: (line: string) => void,
): Promise<void> {
  const { owner, repo } = run;
  const { data } = await api.rest.pulls.get({ owner, repo, pull_number: pull.number });
  if (data.head.sha !== pull.sha) {
    note(`the pull request has moved on from ${pull.sha}: its comment stays as it is`);
    return;
  }
  const marker = markerOf(run, commentKey);
  await stick(api, { owner, repo, issue_number: pull.number }, marker, (before) => {
    if (before === undefined && comment === 'auto' && !hasNews(judgement)) return undefined;
    return commentBody(
      judgement,
      run,
      marker,
      before === undefined ? undefined : stateOf(before, marker),
    );
  });
}
