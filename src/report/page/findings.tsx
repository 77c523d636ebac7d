import type { Finding } from '../../compare/finding.ts';
import { counted } from '../words.ts';
import { type Filter, filtered, NO_FILTER, SEVERITIES } from './filter.ts';
import { FindingCard } from './finding-card.tsx';
import { Paged } from './lazy.tsx';
import type { Report } from './report-data.ts';

const STEP = 40;

/** The findings by cause, as the filter leaves them. */
export function Findings(props: {
  report: Report;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  target: string;
}) {
  const { report, filter, onFilter, target } = props;
  const { causes, leftOut } = report;
  const kept = filtered(causes, filter);
  const reach = kept.findIndex((told) =>
    [told, ...told.effects].some(({ anchor }) => anchor === target),
  );
  return (
    <>
      <FilterBar {...props} shown={kept.length} />
      <Paged
        key={`${filter.text} ${filter.category} ${[...filter.severities].join()}`}
        items={kept}
        step={STEP}
        noun="findings"
        least={reach + 1}
      >
        {(items) => (
          <div class="findings">
            {items.map((told) => (
              <FindingCard key={told.anchor} report={report} told={told} target={target} />
            ))}
          </div>
        )}
      </Paged>
      {causes.length > 0 && kept.length === 0 && (
        <p class="empty">
          No finding fits.{' '}
          <button type="button" class="quiet" onClick={() => onFilter(NO_FILTER)}>
            Show all
          </button>
        </p>
      )}
      {causes.length === 0 && <p class="empty">Nothing differs.</p>}
      {leftOut.findings > 0 && (
        <p class="muted">
          {counted(leftOut.findings, 'more finding')} left out of this page for its size;
          report.json has all.
        </p>
      )}
    </>
  );
}

function FilterBar(props: {
  report: Report;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  shown: number;
}) {
  const { report, filter, onFilter, shown } = props;
  const { causes } = report;
  const count = (severity: Finding['severity']) =>
    causes.filter(({ finding }) => finding.severity === severity).length;
  const categories = [...new Set(causes.map(({ finding }) => finding.category))].sort();
  const toggle = (severity: Finding['severity']) => {
    const severities = new Set(filter.severities);
    if (!severities.delete(severity)) severities.add(severity);
    onFilter({ ...filter, severities });
  };
  return (
    <div class="bar">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend takes a line of its own */}
      <div class="choice" role="group" aria-label="Severities shown">
        {SEVERITIES.map((severity) => (
          <button
            key={severity}
            type="button"
            aria-pressed={filter.severities.has(severity)}
            onClick={() => toggle(severity)}
          >
            <span class={`dot ${severity}`} /> {severity} <b>{count(severity)}</b>
          </button>
        ))}
      </div>
      <select
        aria-label="Category"
        value={filter.category}
        onChange={(event) => onFilter({ ...filter, category: event.currentTarget.value })}
      >
        <option value="">All categories</option>
        {categories.map((category) => (
          <option key={category} value={category}>
            {category}
          </option>
        ))}
      </select>
      <span class="muted" role="status">
        {shown === causes.length
          ? counted(shown, 'cause')
          : `${shown} of ${counted(causes.length, 'cause')}`}
      </span>
    </div>
  );
}
