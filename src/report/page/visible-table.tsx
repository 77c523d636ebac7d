import type { Coverage } from '../../compare/coverage.ts';
import { visibleCells } from '../visible-words.ts';
import { grouped } from '../words.ts';
import { TableHead } from './table-head.tsx';
import { Operation } from './text.tsx';

const COLUMNS = ['slower by', 'new error in', 'field lost in'] as const;

/** The smallest changes of each operation that would have been found. */
export function VisibleTable({ compared }: { compared: Coverage['compared'] }) {
  return (
    <table class="numbers visible">
      <TableHead columns={['operation', 'calls', ...COLUMNS]} />
      <tbody>
        {compared.map(({ operation, baseline, candidate, visible }) => {
          const cells = visibleCells(visible);
          return (
            <tr key={operation}>
              <th scope="row">
                <Operation name={operation} />
              </th>
              <td class="nowrap" data-label="calls">
                {grouped(baseline)} → {grouped(candidate)}
              </td>
              {COLUMNS.map((name, i) => (
                <td key={name} class="nowrap" data-label={name}>
                  {cells[i]}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
