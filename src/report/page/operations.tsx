import { useState } from 'preact/hooks';
import type { OperationChange } from '../../compare/view/operations.ts';
import { counted, grouped } from '../words.ts';
import { Choice } from './choice.tsx';
import { Details } from './details.tsx';
import { matches } from './filter.ts';
import { Paged } from './lazy.tsx';
import { OperationDetail } from './operation-detail.tsx';
import type { Report } from './report-data.ts';
import { BeforeAfter, ms, Operation, share } from './text.tsx';
import { countsAs } from './weight.ts';

const STEP = 30;
type Order = 'findings' | 'calls' | 'p95';

/** Every operation compared: calls, errors and P95 at a glance, the rest when opened. */
export function Operations({ report, text }: { report: Report; text: string }) {
  const [order, setOrder] = useState<Order>('findings');
  const all = [...report.operations.values()];
  const kept = all.filter(({ operation, protocol }) =>
    matches(`${operation} ${protocol}`.toLowerCase(), text),
  );
  const sorted = order === 'findings' ? kept : kept.toSorted(ORDERS[order]);
  const leftOut = (report.judgement.operations?.leftOut ?? 0) + report.leftOut.operations;
  if (all.length === 0) return <p class="muted">This report holds no operations.</p>;
  return (
    <>
      <div class="bar">
        <Choice
          label="Order"
          value={order}
          options={[
            ['findings', 'Findings first'],
            ['calls', 'Most calls'],
            ['p95', 'P95 growth'],
          ]}
          onChange={setOrder}
        />
        <span class="muted" role="status">
          {kept.length === all.length
            ? counted(all.length, 'operation')
            : `${kept.length} of ${all.length} operations`}
        </span>
      </div>
      <Paged key={`${text} ${order}`} items={sorted} step={STEP} noun="operations">
        {(items) => (
          <div class="operations">
            {items.map((one) => (
              <Details
                key={`${one.protocol} ${one.operation}`}
                class="operation-row"
                summary={<Head report={report} one={one} />}
              >
                {() => <OperationDetail report={report} one={one} />}
              </Details>
            ))}
          </div>
        )}
      </Paged>
      {leftOut > 0 && (
        <p class="muted">{counted(leftOut, 'more operation')} left out of this page.</p>
      )}
    </>
  );
}

function Head({ report, one }: { report: Report; one: OperationChange }) {
  const { operation, calls, latency } = one;
  const told = report.toldOf.get(operation) ?? [];
  const [worst] = told;
  return (
    <span class="operation-head">
      <span class={`dot ${worst ? countsAs(worst.finding) : 'none'}`} />
      <Operation name={operation} />
      <span class="figure">
        <span class="label">calls</span>
        <BeforeAfter before={grouped(calls.baseline)} after={grouped(calls.candidate)} />
      </span>
      <span class="figure">
        <span class="label">errors</span>
        <BeforeAfter before={errors(one, 'baseline')} after={errors(one, 'candidate')} />
      </span>
      <span class="figure">
        <span class="label">P95</span>
        {latency ? (
          <BeforeAfter
            before={latency.baseline ? ms(latency.baseline.p95[0]) : '–'}
            after={latency.candidate ? ms(latency.candidate.p95[0]) : '–'}
          />
        ) : (
          '–'
        )}
      </span>
    </span>
  );
}

function errors({ statuses, calls }: OperationChange, side: 'baseline' | 'candidate'): string {
  if (calls[side] === 0) return '–';
  const failed = statuses
    .filter(({ kind }) => kind === 'client' || kind === 'server')
    .reduce((sum, { [side]: count }) => sum + count, 0);
  return share(failed / calls[side]);
}

const ORDERS = {
  calls: (a: OperationChange, b: OperationChange) =>
    b.calls.baseline + b.calls.candidate - a.calls.baseline - a.calls.candidate,
  p95: (a: OperationChange, b: OperationChange) => growth(b) - growth(a),
};

function growth({ latency }: OperationChange): number {
  const { baseline, candidate } = latency ?? {};
  if (!baseline || !candidate || baseline.p95[0] <= 0) return 0;
  return candidate.p95[0] / baseline.p95[0];
}
