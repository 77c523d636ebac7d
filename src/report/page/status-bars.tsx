import type { StatusChange } from '../../compare/view/status-changes.ts';
import { visible } from '../../support/escape.ts';
import { TableHead } from './table-head.tsx';
import { share } from './text.tsx';

const SIDES = [
  ['before', 'baseline'],
  ['after', 'candidate'],
] as const;

/** What calls ended with, as shares of all, before and after. */
export function StatusBars({
  statuses,
  marked,
}: {
  statuses: readonly StatusChange[];
  marked?: string | undefined;
}) {
  const totals = {
    baseline: statuses.reduce((sum, { baseline }) => sum + baseline, 0),
    candidate: statuses.reduce((sum, { candidate }) => sum + candidate, 0),
  };
  return (
    <div class="statuses">
      {SIDES.map(([name, side]) => (
        <div key={side} class="bar-row">
          <span class={`key ${name}`}>{name}</span>
          <svg viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true">
            {segments(statuses, side, totals[side]).map(({ status, kind, from, width }) => (
              <rect key={status} class={`kind-${kind}`} x={from} width={width} y="0" height="22" />
            ))}
          </svg>
        </div>
      ))}
      <table class="numbers">
        <TableHead columns={['status', 'before', 'after']} />
        <tbody>
          {statuses.map(({ status, kind, baseline, candidate }) => (
            <tr key={status} class={status === marked ? 'marked' : undefined}>
              <th scope="row">
                <span class={`swatch kind-${kind}`} />
                {visible(status, 60)} {WORDS[kind] && <span class="muted">{WORDS[kind]}</span>}
              </th>
              <td>{counted(baseline, totals.baseline)}</td>
              <td>{counted(candidate, totals.candidate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const WORDS: Readonly<Record<StatusChange['kind'], string>> = {
  ok: '',
  client: 'client error',
  server: 'server error',
  unknown: '',
};

function counted(count: number, all: number) {
  if (all === 0) return '–';
  return (
    <>
      {share(count / all)} <span class="muted">{count.toLocaleString('en')}</span>
    </>
  );
}

function segments(
  statuses: readonly StatusChange[],
  side: 'baseline' | 'candidate',
  total: number,
) {
  let from = 0;
  return statuses
    .filter(({ [side]: count }) => count > 0)
    .map(({ status, kind, [side]: count }) => {
      const width = (1000 * count) / (total || 1);
      const segment = { status, kind, from, width: Math.max(width - 2, 1.5) };
      from += width;
      return segment;
    });
}
