import { renderMarkdown } from '../report/markdown.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { type RunContext, runUrl } from './run-context.ts';
import { markerLine, type StickyState } from './sticky-marker.ts';

/** GitHub refuses a longer comment. It counts characters, of which there are at most so many units. */
const MAX_LENGTH = 65_536;

/** Whether there is something that a pull request's readers should act on. */
export function hasNews({ verdict, findings }: Judgement): boolean {
  return (
    verdict === 'FAIL' ||
    findings.some(({ severity, accepted }) => severity !== 'info' && accepted === undefined)
  );
}

/** The comment, marker and link included, within GitHub's limit; `before` is what stood there. */
export function commentBody(
  judgement: Judgement,
  run: RunContext,
  marker: string,
  before: StickyState | undefined,
): string {
  const state = nextState(judgement, run.sha, before);
  const head = [markerLine(marker, state)];
  if (state.fixed !== undefined) head.push('', `**Fixed in ${state.fixed}.**`);
  const about = run.sha === '' ? '' : ` of ${run.sha}`;
  const foot = `[The whole report${about}](${runUrl(run)})`;
  const frame = `${head.join('\n')}\n\n\n${foot}\n`;
  const report = renderMarkdown(judgement, MAX_LENGTH - frame.length, (text) => text.length);
  return `${head.join('\n')}\n\n${report}\n${foot}\n`;
}

function nextState(judgement: Judgement, sha: string, before: StickyState | undefined) {
  if (judgement.verdict !== 'PASS') return { red: true };
  const fixed = before?.red ? sha : before?.fixed;
  return { red: false, ...(fixed && { fixed }) };
}
