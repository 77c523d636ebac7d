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
import { ThemeButton } from './theme-button.tsx';
import { useTarget } from './use-target.ts';
import { VerdictBanner } from './verdict-banner.tsx';

const SECTIONS = [
  ['findings', 'Findings'],
  ['graph', 'Call graph'],
  ['operations', 'Operations'],
  ['coverage', 'Coverage'],
  ['configuration', 'Configuration'],
  ['captures', 'Captures'],
] as const;

export function App({ report }: { report: Report }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const search = useRef<HTMLInputElement>(null);
  const target = useTarget();
  const anchors = useMemo(
    () =>
      new Map(
        report.causes.flatMap((told) =>
          [told, ...told.effects].map((one) => [one.anchor, told] as const),
        ),
      ),
    [report],
  );
  useEffect(() => {
    const told = anchors.get(target);
    if (told && filtered([told], filter).length === 0) setFilter(NO_FILTER);
  }, [target]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.matches('input, select');
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      search.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const text = filter.text;
  const configured = isConfigured(report);
  return (
    <>
      <nav class="top" aria-label="Parts of the report">
        <a class="brand" href="#top">
          Wireproof
        </a>
        <span class="parts">
          {SECTIONS.filter(([id]) => id !== 'configuration' || configured).map(([id, name]) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </span>
        <input
          ref={search}
          type="search"
          placeholder="Search  /"
          aria-label="Search findings and operations"
          value={text}
          onInput={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter({ ...filter, text: '' });
          }}
        />
        <ThemeButton />
      </nav>
      <main>
        <VerdictBanner report={report} />
        <section id="findings">
          <h2>Findings</h2>
          <Findings report={report} filter={filter} onFilter={setFilter} target={target} />
        </section>
        <section id="graph">
          <h2>Call graph</h2>
          <Lazy>{() => <CallGraph report={report} />}</Lazy>
        </section>
        <section id="operations">
          <h2>Operations</h2>
          <Lazy>{() => <Operations report={report} text={text} />}</Lazy>
        </section>
        <section id="coverage">
          <h2>Coverage</h2>
          <CoverageView report={report} text={text} />
        </section>
        {configured && (
          <section id="configuration">
            <h2>Configuration</h2>
            <ConfigurationView report={report} />
          </section>
        )}
        <section id="captures">
          <h2>Captures</h2>
          <Captures report={report} />
        </section>
      </main>
      <footer>
        Made by Wireproof from the JSON beside it (report.json). Nothing was loaded from a network.
      </footer>
    </>
  );
}
