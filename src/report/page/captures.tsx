import { visible } from '../../support/escape.ts';
import type { CaptureSummary } from '../../verdict/judgement.ts';
import { grouped, seconds } from '../words.ts';
import { moment } from './moment.ts';
import type { Report } from './report-data.ts';
import { TableHead } from './table-head.tsx';

type Row = readonly [name: string, told: (capture: CaptureSummary) => string];

const ROWS: readonly Row[] = [
  ['calls', ({ calls }) => grouped(calls)],
  ['first call', ({ start }) => moment(start)],
  ['last call', ({ end }) => moment(end)],
  ['seen by two nodes, counted once', ({ duplicates }) => grouped(duplicates)],
  ['records that could not be read', ({ badRecords }) => grouped(badRecords)],
  ['bodies whole', ({ bodies }) => grouped(bodies.whole)],
  ['bodies cut', ({ bodies }) => grouped(bodies.cut)],
  ['bodies redacted', ({ bodies }) => grouped(bodies.redacted)],
  ['longest silence', ({ silence }) => (silence === null ? '–' : seconds(silence.ms))],
  [
    'clocks differ by',
    ({ clockSkew }) =>
      clockSkew === null
        ? '–'
        : `${clockSkew.ms} ms (${clockSkew.nodes.map((n) => visible(n, 60)).join(', ')})`,
  ],
];

/** What each capture holds, and what kept it from carrying a PASS. */
export function Captures({ report }: { report: Report }) {
  const { baseline, candidate } = report.judgement.capture;
  const sides = [
    ['before', baseline],
    ['after', candidate],
  ] as const;
  return (
    <>
      {sides.map(([name, { problems }]) =>
        problems.length === 0 ? null : (
          <ul key={name} class="problems">
            {problems.map(({ code, message }) => (
              <li key={code + message}>
                <span class={`key ${name}`}>{name}</span> <code>{visible(code, 60)}</code>{' '}
                {visible(message, 600)}
              </li>
            ))}
          </ul>
        ),
      )}
      {baseline.problems.length + candidate.problems.length === 0 && (
        <p>Both captures are whole.</p>
      )}
      <table class="numbers captures">
        <TableHead columns={['capture', 'before', 'after']} />
        <tbody>
          {ROWS.map(([name, told]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{told(baseline)}</td>
              <td>{told(candidate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
