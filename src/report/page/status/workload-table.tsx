import { visible } from '../../../support/escape.ts';
import { lasting, milliseconds, rate, shareWords } from '../../monitor/quantities.ts';
import type { ScopeStatus, WorkloadStatus } from '../../monitor/status-data.ts';
import { Paged } from '../lazy.tsx';
import { TableHead } from '../table-head.tsx';
import { Sparkline } from './sparkline.tsx';

const STEP = 25;
const COLUMNS = ['calls', 'failed', 'P95', 'usual P95'];

/** What each workload did in the last interval, and lately. */
export function WorkloadTable({ scope }: { scope: ScopeStatus }) {
  const { workloads, workloadsLeftOut, trendStep } = scope;
  if (workloads.length === 0) return <p class="empty muted">No calls were seen.</p>;
  const [first] = workloads;
  const span = lasting((first?.trend.length ?? 0) * trendStep);
  return (
    <Paged items={workloads} step={STEP} noun="workloads">
      {(items) => (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <section class="scroll" tabIndex={0} aria-label="Workloads">
            <table class="numbers workloads">
              <TableHead columns={['workload', ...COLUMNS, `calls in ${span}`]} />
              <tbody>
                {items.map((one) => (
                  <Row key={one.workload} one={one} />
                ))}
              </tbody>
            </table>
          </section>
          {workloadsLeftOut > 0 && (
            <p class="muted">{workloadsLeftOut} more workloads are left out of this page.</p>
          )}
        </>
      )}
    </Paged>
  );
}

function Row({ one }: { one: WorkloadStatus }) {
  const { workload, callsPerSecond, errorShare, p95, usualP95, trend } = one;
  return (
    <tr>
      <th scope="row">{visible(workload, 200)}</th>
      <td>{rate(callsPerSecond)}</td>
      <td>{errorShare === null ? '–' : shareWords(errorShare)}</td>
      <td>{p95 === null ? '–' : milliseconds(p95)}</td>
      <td class="muted">{usualP95 === null ? '–' : milliseconds(usualP95)}</td>
      <td>
        <Sparkline points={trend} />
      </td>
    </tr>
  );
}
