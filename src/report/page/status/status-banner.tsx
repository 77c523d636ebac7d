import { visible } from '../../../support/escape.ts';
import { lasting, rate } from '../../monitor/quantities.ts';
import { headlineOf } from '../../monitor/status-headline.ts';
import { moment } from '../moment.ts';
import type { Followed } from './use-status.ts';

const ICONS = {
  PASS: 'M5 10.5l3.2 3.2L15 7',
  FAIL: 'M6 6l8 8M14 6l-8 8',
  INCONCLUSIVE: 'M10 5.5v5.5M10 14.2v.2',
} as const;
const SHOWN = 12;
/** No slot for so many intervals: the monitor has stopped, though its page is served. */
const LATE = 3;

/** What fires, or that nothing does, in one look. */
export function StatusBanner({ followed }: { followed: Followed }) {
  const { data, now, lostAt } = followed;
  const { tone, word, also } = headlineOf(data);
  const late = data.scopes
    .filter(({ judgedAt, interval }) => now - Date.parse(judgedAt) > LATE * interval)
    .map(
      ({ scope, judgedAt }) =>
        `${scope}: nothing judged for ${lasting(now - Date.parse(judgedAt))}`,
    );
  const lost = lostAt === undefined ? [] : [`the monitor does not answer since ${moment(lostAt)}`];
  const told = [...lost, ...late, ...also];
  const doubted = lost.length + late.length > 0 && tone === 'PASS';
  const shown = doubted ? 'INCONCLUSIVE' : tone;
  return (
    <header class={`verdict ${shown}`} id="top">
      <div class="verdict-word" role="status">
        <svg viewBox="0 0 20 20" width="52" height="52" aria-hidden="true">
          <circle cx="10" cy="10" r="9" />
          <path d={ICONS[shown]} />
        </svg>
        <div>
          <h1>{doubted ? 'Not watched' : word}</h1>
          <p class="headline">{headline(followed)}</p>
        </div>
      </div>
      <dl class="figures">
        {data.scopes.slice(0, 4).map(({ scope, callsPerSecond }) => (
          <div key={scope}>
            <dt>{visible(scope, 60)}: calls</dt>
            <dd>{rate(callsPerSecond)}</dd>
          </div>
        ))}
      </dl>
      {told.length > 0 && (
        <ul class="reasons">
          {told.slice(0, SHOWN).map((line) => (
            <li key={line}>{visible(line, 400)}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

function headline({ data }: Followed): string {
  const [latest] = data.scopes
    .map(({ end }) => end)
    .toSorted()
    .toReversed();
  if (latest === undefined) return 'The first interval has not ended.';
  return `Judged up to ${moment(Date.parse(latest))}`;
}
