import type { Coverage } from '../../compare/coverage.ts';
import { visibleCells } from '../visible-words.ts';
import { grouped } from '../words.ts';
import { Operation } from './text.tsx';

/** The smallest change of each operation that would have been found. */
export function VisibleTable({ compared }: { compared: Coverage['compared'] }) {
  return (
    <div class="scroll">
      <table class="numbers visible">
        <thead>
          <tr>
            <th scope="col">operation</th>
            <th scope="col">calls</th>
            <th scope="col">slower by</th>
            <th scope="col">new error in</th>
            <th scope="col">field lost in</th>
          </tr>
        </thead>
        <tbody>
          {compared.map(({ operation, baseline, candidate, visible }) => (
            <tr key={operation}>
              <th scope="row">
                <Operation name={operation} />
              </th>
              <td class="nowrap">
                {grouped(baseline)} → {grouped(candidate)}
              </td>
              {visibleCells(visible).map((cell, i) => (
                <td key={i} class={cell === 'none' ? 'muted' : 'nowrap'}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
