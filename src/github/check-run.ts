import { renderMarkdown } from '../report/markdown.ts';
import { forMarkdown, truncate, visible } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Api } from './api.ts';
import { type RunContext, runUrl } from './run-context.ts';
import { type Conclusion, conclusionOf, headlineOf, type Told } from './told.ts';

/** GitHub refuses more of any of these. */
const MAX_SUMMARY_BYTES = 65_535;
const MAX_TITLE = 255;
const PER_REQUEST = 50;
/** More annotations than anybody reads; the summary has the rest. */
const MAX_ANNOTATIONS = 250;

/** A neutral check does not keep a pull request from being merged, so INCONCLUSIVE is not neutral. */
const CONCLUSIONS = {
  success: 'success',
  neutral: 'neutral',
  failure: 'failure',
  error: 'failure',
} as const satisfies Record<Conclusion, string>;

const LEVELS = { breaking: 'failure', warning: 'warning', info: 'notice' } as const;

interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** Makes a check run of the commit: conclusion, report, and an annotation a finding, worst first. */
export async function createCheck(
  api: Api,
  name: string,
  told: Told,
  run: RunContext,
): Promise<void> {
  const { owner, repo } = run;
  const title = truncate(visible(headlineOf(told), MAX_TITLE), MAX_TITLE);
  const summary =
    told.kind === 'judged'
      ? renderMarkdown(told.judgement, MAX_SUMMARY_BYTES)
      : forMarkdown(told.reason);
  const annotations = told.kind === 'judged' ? annotationsOf(told.judgement, run.workflow) : [];
  const output = (from: number) => {
    const some = annotations.slice(from, from + PER_REQUEST);
    return { title, summary, annotations: some };
  };
  const { data } = await api.rest.checks.create({
    owner,
    repo,
    name,
    head_sha: run.sha,
    status: 'completed',
    conclusion: CONCLUSIONS[conclusionOf(told)],
    details_url: runUrl(run),
    external_id: `${run.runId}/${run.attempt}`,
    output: output(0),
  });
  for (let from = PER_REQUEST; from < annotations.length; from += PER_REQUEST) {
    await api.rest.checks.update({ owner, repo, check_run_id: data.id, output: output(from) });
  }
}

/** A finding has no line in the sources: all stand at the workflow's file, what is accepted last. */
function annotationsOf({ findings }: Judgement, workflow: string): CheckAnnotation[] {
  const path = workflow.includes('/') ? workflow : '.github';
  const at = { path, start_line: 1, end_line: 1 };
  const shown = findings
    .toSorted((a, b) => Number(a.accepted !== undefined) - Number(b.accepted !== undefined))
    .slice(0, MAX_ANNOTATIONS)
    .map(({ severity, rule, operation, summary, accepted }) => ({
      ...at,
      annotation_level: accepted ? 'notice' : LEVELS[severity],
      title: truncate(visible(`${rule}: ${operation}`, 200), MAX_TITLE),
      message: visible(summary),
    }));
  const left = findings.length - shown.length;
  if (left <= 0) return shown;
  const message = `${left + 1} more: see the summary of the run`;
  const more = { ...at, annotation_level: 'notice' as const, title: 'Wireproof', message };
  return [...shown.slice(0, -1), more];
}
