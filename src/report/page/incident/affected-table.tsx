import type { Affected } from '../../../incident/investigation.ts';
import { p95Words } from '../../incident/incident-words.ts';
import { shareWords } from '../../monitor/quantities.ts';
import { grouped } from '../../words.ts';
import { Paged } from '../lazy.tsx';
import { TableHead } from '../table-head.tsx';
import { Operation } from '../text.tsx';

const STEP = 25;
const COLUMNS = ['calls', 'failed', 'failed or slow', 'P95 before → after'];

/** What users felt, operation by operation. */
export function AffectedTable({ affected }: { affected: readonly Affected[] }) {
  return (
    <Paged items={affected} step={STEP} noun="operations">
      {(items) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section class="scroll" tabIndex={0} aria-label="What users felt">
          <table class="numbers affected">
            <TableHead columns={['operation', ...COLUMNS]} />
            <tbody>
              {items.map(({ operation, calls, troubled, failed, p95 }) => (
                <tr key={operation}>
                  <th scope="row">
                    <Operation name={operation} />
                  </th>
                  <td>{grouped(calls)}</td>
                  <td>{grouped(failed)}</td>
                  <td>
                    {grouped(troubled)}{' '}
                    <span class="muted">({shareWords(calls === 0 ? 0 : troubled / calls)})</span>
                  </td>
                  <td>{p95Words(p95)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Paged>
  );
}
