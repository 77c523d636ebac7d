import { visible } from '../../../support/escape.ts';
import type { SinkState } from '../../monitor/status-data.ts';
import { minuteOf } from '../../monitor/status-headline.ts';

/** Who is told of alerts, and whether they take them. */
export function SinksView({ sinks }: { sinks: readonly SinkState[] }) {
  if (sinks.length === 0) {
    return <p class="empty muted">No receiver is set: alerts stand here and on standard output.</p>;
  }
  return (
    <ul class="problems">
      {sinks.map(({ name, waiting, failing }) => (
        <li key={name}>
          <span class={`dot ${failing ? 'breaking' : 'accepted'}`} /> {visible(name, 120)}{' '}
          <span class="muted">
            {failing
              ? `takes nothing since ${minuteOf(failing.since)}: ${visible(failing.reason, 300)}`
              : 'takes alerts'}
            {waiting > 0 && `, ${waiting} waiting`}
          </span>
        </li>
      ))}
    </ul>
  );
}
