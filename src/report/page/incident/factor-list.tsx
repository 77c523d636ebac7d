import type { Factor } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { safeLink } from '../../incident/safe-link.ts';
import type { Times } from '../../incident/times.ts';

/** What contributed; a link where its address is one. */
export function FactorList({ factors, times }: { factors: readonly Factor[]; times: Times }) {
  return (
    <ul class="problems">
      {factors.slice(0, 100).map(({ kind, at, workload, summary, url }) => {
        const link = safeLink(url);
        return (
          <li key={kind + summary}>
            <span class="kind">{kind}</span>{' '}
            {workload !== undefined && !summary.includes(workload) && (
              <b>{visible(workload, 120)} </b>
            )}
            {visible(summary, 500)}{' '}
            {at !== undefined && <span class="muted">{times.both(at)}</span>}{' '}
            {link !== undefined && (
              <a href={link} rel="noreferrer">
                look at it
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
