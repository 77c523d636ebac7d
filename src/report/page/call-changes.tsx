import { edgeKey, type Report } from './report-data.ts';
import { TableHead } from './table-head.tsx';
import { Operation } from './text.tsx';

/** What the handled calls of an operation call, per handled call, before and after. */
export function CallChanges({ report, operation }: { report: Report; operation: string }) {
  const callees = report.operations.get(operation)?.callees ?? [];
  if (callees.length === 0) return null;
  const rows = callees.map((callee) => ({
    ...callee,
    mark: report.marks.get(edgeKey(operation, callee.to))?.change,
  }));
  rows.sort((a, b) => Number(b.mark !== undefined) - Number(a.mark !== undefined));
  return (
    <table class="numbers calls">
      <TableHead columns={['calls made, per handled call', 'before', 'after']} />
      <tbody>
        {rows.map(({ to, baseline, candidate, mark }) => (
          <tr key={to} class={mark}>
            <th scope="row">
              {mark && <span class={`tag ${mark}`}>{WORDS[mark]}</span>} <Operation name={to} />
            </th>
            <td>{rate(baseline)}</td>
            <td>{rate(candidate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const WORDS = { appeared: 'new', vanished: 'gone', changed: 'changed', same: '' } as const;

export function rate(perCall: number | null): string {
  return perCall === null ? '–' : String(Number(perCall.toPrecision(2)));
}
