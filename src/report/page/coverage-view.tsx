import type { Coverage } from '../../compare/coverage.ts';
import { visible } from '../../support/escape.ts';
import { counted, grouped, percent } from '../words.ts';
import { Details } from './details.tsx';
import { matches } from './filter.ts';
import { Paged } from './lazy.tsx';
import type { Report } from './report-data.ts';
import { TableHead } from './table-head.tsx';
import { Operation } from './text.tsx';
import { VisibleTable } from './visible-table.tsx';

/** What of the baseline's behaviour was compared, and what was not. */
export function CoverageView({ report, text }: { report: Report; text: string }) {
  const { comparedShare, operations, notCovered, added, notChecked, compared, unreadBodies } =
    report.judgement.coverage;
  const { rows } = report.leftOut;
  const isShown = ({ operation }: { operation: string }) => matches(operation.toLowerCase(), text);
  const told = compared.filter(isShown);
  const unchecked = notChecked.filter(({ operation, family, reason }) =>
    matches(`${operation} ${family} ${reason}`.toLowerCase(), text),
  );
  return (
    <>
      <p>
        <b>{counted(operations.compared, 'operation')}</b> compared of{' '}
        {grouped(operations.baseline)} before and {grouped(operations.candidate)} after. They hold{' '}
        <b>{percent(comparedShare)}</b> of the baseline's calls.
      </p>
      <svg class="meter" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="rest" width="1000" height="10" />
        <rect class="part" width={1000 * comparedShare} height="10" />
      </svg>
      {unreadBodies.baseline + unreadBodies.candidate > 0 && (
        <p>
          Bodies whose schema could not be judged: {percent(unreadBodies.baseline)} before,{' '}
          {percent(unreadBodies.candidate)} after.
        </p>
      )}
      <Exercised items={notCovered.filter(isShown)} what="not covered" />
      <Exercised items={added.filter(isShown)} what="the baseline does not have" />
      <Unchecked items={unchecked} />
      {told.length > 0 && (
        <Details
          class="list"
          summary="The smallest changes that would have been found, four times in five"
        >
          {() => (
            <Paged items={told} step={50} noun="operations">
              {(items) => <VisibleTable compared={items} />}
            </Paged>
          )}
        </Details>
      )}
      {rows > 0 && (
        <p class="muted">
          {counted(rows, 'row')} of coverage, call graph and configuration left out of this page for
          its size; report.json has all.
        </p>
      )}
    </>
  );
}

function Exercised({ items: all, what }: { items: Coverage['notCovered']; what: string }) {
  if (all.length === 0) return null;
  return (
    <Details class="list" summary={`${counted(all.length, 'operation')} ${what}`}>
      {() => (
        <Paged items={all} step={50} noun="operations">
          {(items) => (
            <table class="numbers">
              <TableHead columns={['operation', 'calls before', 'after']} />
              <tbody>
                {items.map(({ operation, baseline, candidate }) => (
                  <tr key={operation}>
                    <th scope="row">
                      <Operation name={operation} />
                    </th>
                    <td>{grouped(baseline)}</td>
                    <td>{grouped(candidate)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Paged>
      )}
    </Details>
  );
}

function Unchecked({ items: all }: { items: Coverage['notChecked'] }) {
  if (all.length === 0) return null;
  return (
    <Details class="list" summary={`${counted(all.length, 'check')} that could not be made`}>
      {() => (
        <Paged items={all} step={50} noun="checks">
          {(items) => (
            <ul class="unchecked">
              {items.map(({ operation, family, reason }) => (
                <li key={`${operation} ${family} ${reason}`}>
                  <Operation name={operation} /> <span class="muted">{visible(family, 40)}</span>
                  <br />
                  {visible(reason, 600)}
                </li>
              ))}
            </ul>
          )}
        </Paged>
      )}
    </Details>
  );
}
