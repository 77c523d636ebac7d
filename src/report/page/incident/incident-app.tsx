import { visible } from '../../../support/escape.ts';
import type { IncidentPageData } from '../../incident/incident-data.ts';
import { timesIn } from '../../incident/times.ts';
import { counted } from '../../words.ts';
import { Lazy } from '../lazy.tsx';
import { ThemeButton } from '../theme-button.tsx';
import { AffectedTable } from './affected-table.tsx';
import { CascadeView } from './cascade-view.tsx';
import { Causes } from './causes.tsx';
import { Differences } from './differences.tsx';
import { FactorList } from './factor-list.tsx';
import { IncidentBanner } from './incident-banner.tsx';
import { Lanes } from './lanes.tsx';
import { LookedAt } from './looked-at.tsx';
import { TimelineList } from './timeline-list.tsx';

/** What an investigation found, from the answer to what it was made of. Parts without anything are left out. */
export function IncidentApp({ data }: { data: IncidentPageData }) {
  const { investigation, leftOut } = data;
  const times = timesIn(data.timeZone ?? undefined);
  const { rootCauses, cascade, timeline, lanes, affected, factors, ruledOut, findings } =
    investigation;
  const { nextChecks, abstained } = investigation;
  const next = {
    id: 'next',
    name: abstained ? 'What to capture next' : 'Next checks',
    has: nextChecks.length > 0,
    view: () => (
      <ol class="steps-to-take">
        {nextChecks.map((check) => (
          <li key={check}>{visible(check, 600)}</li>
        ))}
      </ol>
    ),
  };
  const parts = [
    ...(abstained ? [next] : []),
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
    ...(abstained ? [] : [next]),
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
  ].filter(({ has }) => has);
  return (
    <div class="incident">
      <nav class="top" aria-label="Parts of the report">
        <a class="brand" href="#top">
          Wireproof
        </a>
        <span class="parts">
          {parts.map(({ id, name }) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </span>
        <ThemeButton />
      </nav>
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
      <footer>
        Made by Wireproof from the JSON beside it (report.json). Nothing was loaded from a network.
      </footer>
    </div>
  );
}
