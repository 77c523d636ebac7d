import { visible } from '../../support/escape.ts';
import { originLine } from '../baseline-origin.ts';
import { counted, grouped, percent } from '../words.ts';
import { Details } from './details.tsx';
import { moment } from './moment.ts';
import type { Report } from './report-data.ts';
import { countsAs, type Weight } from './weight.ts';

const SHOWN = 4;
const ICONS = {
  PASS: 'M5 10.5l3.2 3.2L15 7',
  FAIL: 'M6 6l8 8M14 6l-8 8',
  INCONCLUSIVE: 'M7.4 7.6a2.6 2.6 0 1 1 3.7 2.5c-.8.4-1.1.9-1.1 1.7M10 14.2v.2',
} as const;

/** The verdict and why, in one look. */
export function VerdictBanner({ report }: { report: Report }) {
  const { verdict, reasons, capture, baselineOrigin } = report.judgement;
  // The first reason for a FAIL counts the findings that stand below and repeats the first.
  const told = verdict === 'FAIL' ? reasons.slice(1) : reasons;
  return (
    <header class={`verdict ${verdict}`} id="top">
      <div class="verdict-word">
        <svg viewBox="0 0 20 20" width="52" height="52" aria-hidden="true">
          <circle cx="10" cy="10" r="9" />
          <path d={ICONS[verdict]} />
        </svg>
        <div>
          <h1>{verdict}</h1>
          <p class="headline">{headlineOf(report)}</p>
        </div>
      </div>
      <Figures report={report} />
      {told.length > 0 && (
        <ul class="reasons">
          {told.slice(0, SHOWN).map((reason) => (
            <li key={reason}>{visible(reason, 400)}</li>
          ))}
        </ul>
      )}
      {told.length > SHOWN && (
        <Details class="list" summary={counted(told.length - SHOWN, 'more reason')}>
          {() => (
            <ul class="reasons">
              {told.slice(SHOWN, 200).map((reason) => (
                <li key={reason}>{visible(reason, 400)}</li>
              ))}
            </ul>
          )}
        </Details>
      )}
      <p class="windows">
        Before: {moment(capture.baseline.start)}. After: {moment(capture.candidate.start)}.
        {baselineOrigin && (
          <>
            <br />
            Baseline from {visible(originLine(baselineOrigin), 600)}
          </>
        )}
      </p>
    </header>
  );
}

function Figures({ report }: { report: Report }) {
  const { coverage, capture } = report.judgement;
  const { baseline, candidate } = capture;
  const problems = baseline.problems.length + candidate.problems.length;
  return (
    <dl class="figures">
      <div>
        <dt>operations compared</dt>
        <dd>
          {grouped(coverage.operations.compared)}{' '}
          <span class="muted">of {grouped(coverage.operations.baseline)}</span>
        </dd>
      </div>
      <div>
        <dt>of the baseline's calls</dt>
        <dd>{percent(coverage.comparedShare)}</dd>
      </div>
      <div>
        <dt>calls before → after</dt>
        <dd>
          {grouped(baseline.calls)} <span class="muted">→</span> {grouped(candidate.calls)}
        </dd>
      </div>
      <div>
        <dt>captures</dt>
        <dd class={problems > 0 ? 'bad' : ''}>
          {problems > 0 ? counted(problems, 'problem') : 'whole'}
        </dd>
      </div>
    </dl>
  );
}

function headlineOf({ judgement, causes }: Report): string {
  const count = (weight: Weight) =>
    causes.filter(({ finding }) => countsAs(finding) === weight).length;
  const [breaking, warnings, accepted] = [count('breaking'), count('warning'), count('accepted')];
  const also = [
    warnings > 0 ? `, ${counted(warnings, 'warning')}` : '',
    accepted > 0 ? `, ${accepted} accepted` : '',
  ].join('');
  if (judgement.verdict === 'FAIL') return `${counted(breaking, 'breaking difference')}${also}`;
  if (judgement.verdict === 'PASS') return `No breaking difference${also}`;
  return `Not sure enough for a PASS${also}`;
}
