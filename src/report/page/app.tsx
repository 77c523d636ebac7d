import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CallGraph } from './call-graph.tsx';
import { Captures } from './captures.tsx';
import { ConfigurationView, isConfigured } from './configuration-view.tsx';
import { CoverageView } from './coverage-view.tsx';
import { type Filter, filtered, NO_FILTER } from './filter.ts';
import { Findings } from './findings.tsx';
import { Lazy } from './lazy.tsx';
import { Operations } from './operations.tsx';
import type { Report } from './report-data.ts';
import { ReportFooter } from './report-footer.tsx';
import { TopBar } from './top-bar.tsx';
import { useTarget } from './use-target.ts';
import { VerdictBanner } from './verdict-banner.tsx';

export function App({ report }: { report: Report }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const target = useTarget();
  const anchors = useMemo(() => causesByAnchor(report), [report]);
  useEffect(() => {
    const told = anchors.get(target);
    if (told && filtered([told], filter).length === 0) setFilter(NO_FILTER);
  }, [target]);
  const { text } = filter;
  const parts = [
    {
      id: 'findings',
      name: 'Findings',
      view: <Findings report={report} filter={filter} onFilter={setFilter} target={target} />,
    },
    ...partsBelow(report, text),
  ];
  return (
    <>
      <TopBar of="report" links={parts}>
        <Search text={text} onText={(next) => setFilter({ ...filter, text: next })} />
      </TopBar>
      <main>
        <VerdictBanner report={report} />
        {parts.map(({ id, name, view }) => (
          <section key={id} id={id}>
            <h2>{name}</h2>
            {view}
          </section>
        ))}
      </main>
      <ReportFooter />
    </>
  );
}

/** What comes after the findings; `text`: what is searched for. */
function partsBelow(report: Report, text: string) {
  const graph = <Lazy>{() => <CallGraph report={report} />}</Lazy>;
  const operations = <Lazy>{() => <Operations report={report} text={text} />}</Lazy>;
  const configuration = {
    id: 'configuration',
    name: 'Configuration',
    view: <ConfigurationView report={report} />,
  };
  return [
    { id: 'graph', name: 'Call graph', view: graph },
    { id: 'operations', name: 'Operations', view: operations },
    { id: 'coverage', name: 'Coverage', view: <CoverageView report={report} text={text} /> },
    ...(isConfigured(report) ? [configuration] : []),
    { id: 'captures', name: 'Captures', view: <Captures report={report} /> },
  ];
}

/** The findings told by themselves, by the anchors of them and of what follows from them. */
function causesByAnchor({ causes }: Report) {
  return new Map(
    causes.flatMap((told) => [told, ...told.effects].map((one) => [one.anchor, told] as const)),
  );
}

/** A field that `/` leads to. */
function Search({ text, onText }: { text: string; onText: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.matches('input, select');
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <input
      ref={field}
      type="search"
      placeholder="Search  /"
      aria-label="Search findings and operations"
      value={text}
      onInput={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onText('');
      }}
    />
  );
}
