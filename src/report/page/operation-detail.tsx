import type { OperationChange } from '../../compare/view/operations.ts';
import { visible } from '../../support/escape.ts';
import { visibleWords } from '../visible-words.ts';
import { grouped } from '../words.ts';
import { CallChanges } from './call-changes.tsx';
import { LatencyChart } from './latency-chart.tsx';
import type { Report } from './report-data.ts';
import { SchemaView } from './schema-view.tsx';
import { StatusBars } from './status-bars.tsx';
import { TableHead } from './table-head.tsx';
import { countsAs } from './weight.ts';

/** All that the report knows of one operation. */
export function OperationDetail({ report, one }: { report: Report; one: OperationChange }) {
  const { operation, latency, statuses, callers, schemas = [] } = one;
  const told = report.toldOf.get(operation) ?? [];
  const seen = report.judgement.coverage.compared.find((row) => row.operation === operation);
  const marked = new Set(told.map(({ finding }) => finding.path ?? ''));
  return (
    <div class="operation-body">
      {told.length > 0 && (
        <ul class="told">
          {told.map(({ anchor, finding }) => (
            <li key={anchor}>
              <span class={`dot ${countsAs(finding)}`} />
              <a href={`#${anchor}`}>{visible(finding.summary, 300)}</a>
            </li>
          ))}
        </ul>
      )}
      {seen && (
        <p class="would">
          These calls would have shown, four times in five: {visibleWords(seen.visible)}.
        </p>
      )}
      <div class="columns even">
        {latency && <LatencyChart latency={latency} title={operation} />}
        <div>
          <StatusBars statuses={statuses} />
          <Callers callers={callers} />
        </div>
      </div>
      <CallChanges report={report} operation={operation} />
      {schemas.map((tree) => (
        <SchemaView key={tree.message} tree={tree} marked={marked} />
      ))}
    </div>
  );
}

function Callers({ callers }: Pick<OperationChange, 'callers'>) {
  if (callers.length === 0) return null;
  return (
    <table class="numbers">
      <TableHead columns={['called by', 'before', 'after']} />
      <tbody>
        {callers.map(({ caller, baseline, candidate }) => (
          <tr key={caller}>
            <th scope="row">
              <code>{visible(caller, 120) || '(others)'}</code>
            </th>
            <td>{grouped(baseline)}</td>
            <td>{grouped(candidate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
