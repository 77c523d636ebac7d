import { visible } from '../../../support/escape.ts';
import type { ScopeStatus } from '../../monitor/status-data.ts';
import { counted } from '../../words.ts';
import { Details } from '../details.tsx';
import { AlertCard } from './alert-card.tsx';
import { WorkloadTable } from './workload-table.tsx';

/** One scope: what fires, what is over, what its workloads do. */
export function ScopeView({ scope, id }: { scope: ScopeStatus; id: string }) {
  const { firing, firingLeftOut, resolved, resolvedLeftOut, problems, days, learned } = scope;
  return (
    <section id={id}>
      <h2>{visible(scope.scope, 100)}</h2>
      <div class="bar">
        <label class="learned">
          Learned {visible(learned, 60)}{' '}
          <progress value={days} max={7} aria-label={`Learned ${visible(learned, 60)}`} />
        </label>
      </div>
      {problems.length > 0 && (
        <ul class="problems" aria-label="What the last capture lacks">
          {problems.map(({ code, message }) => (
            <li key={code}>
              <b>{visible(code, 60)}</b> {visible(message, 500)}
            </li>
          ))}
        </ul>
      )}
      <h3>Firing</h3>
      {firing.length === 0 ? (
        <p class="empty muted">Nothing fires.</p>
      ) : (
        <div class="findings">
          {firing.map((alert) => (
            <AlertCard key={alert.id} alert={alert} />
          ))}
        </div>
      )}
      <LeftOut count={firingLeftOut} />
      {resolved.length > 0 && (
        <Details
          class="list"
          summary={`${counted(resolved.length + resolvedLeftOut, 'alert')} resolved in the last 24 hours`}
        >
          {() => (
            <div class="findings">
              {resolved.map((alert) => (
                <AlertCard key={alert.id} alert={alert} />
              ))}
            </div>
          )}
        </Details>
      )}
      <h3>Workloads</h3>
      <WorkloadTable scope={scope} />
    </section>
  );
}

function LeftOut({ count }: { count: number }) {
  if (count === 0) return null;
  return <p class="muted">{count} more in alerts.json.</p>;
}
