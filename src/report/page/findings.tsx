import { counted } from '../words.ts';
import { type Filter, filtered, NO_FILTER } from './filter.ts';
import { FindingCard } from './finding-card.tsx';
import { Paged } from './lazy.tsx';
import type { Report } from './report-data.ts';
import { countsAs, WEIGHTS, type Weight } from './weight.ts';

const STEP = 40;

interface FilterProps {
  readonly causes: Report['causes'];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

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
      <FilterBar causes={causes} filter={filter} onFilter={onFilter} shown={kept.length} />
      <Paged
        key={`${filter.text} ${filter.category} ${[...filter.weights].join()}`}
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

function FilterBar(props: FilterProps & { shown: number }) {
  const { causes, shown } = props;
  return (
    <div class="bar">
      <WeightChoice {...props} />
      <CategoryChoice {...props} />
      <span class="muted" role="status">
        {shown === causes.length
          ? counted(shown, 'cause')
          : `${shown} of ${counted(causes.length, 'cause')}`}
      </span>
    </div>
  );
}

function WeightChoice({ causes, filter, onFilter }: FilterProps) {
  const count = (weight: Weight) =>
    causes.filter(({ finding }) => countsAs(finding) === weight).length;
  // Most reports accept nothing.
  const weights = WEIGHTS.filter((weight) => weight !== 'accepted' || count(weight) > 0);
  const toggle = (weight: Weight) => {
    const chosen = new Set(filter.weights);
    if (!chosen.delete(weight)) chosen.add(weight);
    onFilter({ ...filter, weights: chosen });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend takes a line of its own
    <div class="choice" role="group" aria-label="Severities shown">
      {weights.map((weight) => (
        <button
          key={weight}
          type="button"
          aria-pressed={filter.weights.has(weight)}
          onClick={() => toggle(weight)}
        >
          <span class={`dot ${weight}`} /> {weight} <b>{count(weight)}</b>
        </button>
      ))}
    </div>
  );
}

function CategoryChoice({ causes, filter, onFilter }: FilterProps) {
  const categories = [...new Set(causes.map(({ finding }) => finding.category))].sort();
  return (
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
  );
}
