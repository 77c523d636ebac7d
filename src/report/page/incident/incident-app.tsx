import type { ComponentChildren } from 'preact';
import type { Investigation } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import type { IncidentPageData } from '../../incident/incident-data.ts';
import { type Times, timesIn } from '../../incident/times.ts';
import { counted } from '../../words.ts';
import { Lazy } from '../lazy.tsx';
import { ReportFooter } from '../report-footer.tsx';
import { TopBar } from '../top-bar.tsx';
import { AffectedTable } from './affected-table.tsx';
import { CascadeView } from './cascade-view.tsx';
import { Causes } from './causes.tsx';
import { Differences } from './differences.tsx';
import { FactorList } from './factor-list.tsx';
import { IncidentBanner } from './incident-banner.tsx';
import { Lanes } from './lanes.tsx';
import { LookedAt } from './looked-at.tsx';
import { TimelineList } from './timeline-list.tsx';

interface Part {
  readonly id: string;
  readonly name: string;
  readonly has: boolean;
  readonly view: () => ComponentChildren;
}

/** What an investigation found, from the answer to what it was made of. Parts without anything are left out. */
export function IncidentApp({ data }: { data: IncidentPageData }) {
  const { investigation, leftOut } = data;
  const times = timesIn(data.timeZone ?? undefined);
  const next = nextChecks(investigation);
  const parts = [
    ...(investigation.abstained ? [next] : []),
    ...account(investigation, times),
    ...(investigation.abstained ? [] : [next]),
    ...grounds(investigation, times),
  ].filter(({ has }) => has);
  return (
    <div class="incident">
      <TopBar of="report" links={parts} />
      <main>
        <IncidentBanner investigation={investigation} times={times} />
        {parts.map(({ id, name, view }) => (
          <section key={id} id={id}>
            <h2>{name}</h2>
            {view()}
          </section>
        ))}
        {leftOut > 0 && (
          <p class="muted">
            {counted(leftOut, 'more item')} left out of this page for its size; report.json has all.
          </p>
        )}
      </main>
      <ReportFooter />
    </div>
  );
}

/** Where it began, how it spread, and what users felt. */
function account(investigation: Investigation, times: Times): readonly Part[] {
  const { rootCauses, cascade, timeline, lanes, affected, factors, abstained } = investigation;
  return [
    {
      id: 'origin',
      name: abstained ? 'Candidates, none sure enough' : 'Origin',
      has: rootCauses.length > 0,
      view: () => <Causes causes={rootCauses} times={times} />,
    },
    {
      id: 'cascade',
      name: 'How it spread',
      has: cascade.length > 0,
      view: () => <Lazy>{() => <CascadeView steps={cascade} times={times} />}</Lazy>,
    },
    {
      id: 'timeline',
      name: 'Timeline',
      has: timeline.length + lanes.length > 0,
      view: () => (
        <>
          {lanes.length > 0 && <Lanes investigation={investigation} times={times} />}
          <TimelineList timeline={timeline} times={times} />
        </>
      ),
    },
    {
      id: 'users',
      name: 'What users felt',
      has: affected.length > 0,
      view: () => <AffectedTable affected={affected} />,
    },
    {
      id: 'factors',
      name: 'What contributed',
      has: factors.length > 0,
      view: () => <FactorList factors={factors} times={times} />,
    },
  ];
}

/** What the account rests on, and what speaks against others. */
function grounds(investigation: Investigation, times: Times): readonly Part[] {
  const { ruledOut, findings } = investigation;
  return [
    {
      id: 'ruled-out',
      name: 'Ruled out',
      has: ruledOut.length > 0,
      view: () => (
        <ul class="problems">
          {ruledOut.slice(0, 200).map(({ workload, why }) => (
            <li key={workload + why}>
              <b>{visible(workload, 120)}</b> <span class="muted">{visible(why, 400)}</span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'findings',
      name: 'Differences',
      has: findings.length > 0,
      view: () => <Differences findings={findings} />,
    },
    {
      id: 'looked-at',
      name: 'What was looked at',
      has: true,
      view: () => <LookedAt investigation={investigation} times={times} />,
    },
  ];
}

/** First of all where there is no origin to read of. */
function nextChecks({ nextChecks: checks, abstained }: Investigation): Part {
  return {
    id: 'next',
    name: abstained ? 'What to capture next' : 'Next checks',
    has: checks.length > 0,
    view: () => (
      <ol class="steps-to-take">
        {checks.map((check) => (
          <li key={check}>{visible(check, 600)}</li>
        ))}
      </ol>
    ),
  };
}
