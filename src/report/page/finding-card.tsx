import type { Finding } from '../../compare/finding.ts';
import { visible } from '../../support/escape.ts';
import { standingOf, undecidedWords } from '../finding-weight.ts';
import { acceptedWords } from '../policy-words.ts';
import { counted } from '../words.ts';
import { CopyButton } from './copy-button.tsx';
import { Details } from './details.tsx';
import { FindingEvidence } from './finding-evidence.tsx';
import { FindingFacts } from './finding-facts.tsx';
import { FindingVisual } from './finding-visual.tsx';
import type { Report, Told } from './report-data.ts';
import { BeforeAfter, Operation } from './text.tsx';
import { valuesOf } from './values.ts';
import { countsAs } from './weight.ts';

/** One finding with what follows from it; `target` is the anchor that a link leads to. */
export function FindingCard({
  report,
  told,
  target,
}: {
  report: Report;
  told: Told;
  target: string;
}) {
  const { finding, anchor, effects } = told;
  const inside = effects.some((effect) => effect.anchor === target);
  return (
    <Details
      id={anchor}
      class={`finding ${countsAs(finding)}`}
      open={anchor === target || inside}
      summary={<FindingHead finding={finding} effects={effects.length} />}
    >
      {() => (
        <div class="finding-body">
          <div class="columns">
            <FindingVisual report={report} finding={finding} />
            <FindingFacts finding={finding} />
          </div>
          <FindingEvidence finding={finding} end={report.judgement.capture.candidate.end} />
          <p class="tools">
            <CopyButton text={linkTo(anchor)} label="Copy the link to this finding" />
            <span class="muted"> the link to this finding</span>
          </p>
          {effects.length > 0 && (
            <section class="effects">
              <h4>
                {counted(effects.length, 'finding')} that follow{effects.length === 1 ? 's' : ''}{' '}
                from it
              </h4>
              {effects.map((effect) => (
                <FindingCard key={effect.anchor} report={report} told={effect} target={target} />
              ))}
            </section>
          )}
        </div>
      )}
    </Details>
  );
}

/** The line of a finding that is always seen. */
export function FindingHead({ finding, effects }: { finding: Finding; effects: number }) {
  const { severity, category, operation, summary, accepted } = finding;
  const standing = standingOf(finding);
  const undecided = undecidedWords(finding);
  const [before, after] = valuesOf(finding);
  return (
    <span class="finding-head">
      <span class={`severity ${accepted ? 'set-aside' : severity}`}>{severity}</span>
      <span class="what">
        <span class="tags">
          <Operation name={operation} />
          <span class="muted">{category}</span>
          {standing && <span class={`chip ${standing}`}>{standing}</span>}
          {effects > 0 && <span class="muted">+{effects} that follow</span>}
        </span>
        <span class="summary">{visible(summary, 500)}</span>
        {accepted && <span class="standing accepted">{visible(acceptedWords(accepted), 300)}</span>}
        {undecided !== undefined && (
          <span class="standing undecided">{visible(undecided, 300)}</span>
        )}
      </span>
      <BeforeAfter before={before} after={after} />
    </span>
  );
}

function linkTo(anchor: string): string {
  return `${location.href.split('#')[0]}#${anchor}`;
}
