import { visible } from '../../../support/escape.ts';
import type { StatusData } from '../../monitor/status-data.ts';
import { headlineOf } from '../../monitor/status-headline.ts';
import { TopBar } from '../top-bar.tsx';
import { ScopeView } from './scope-view.tsx';
import { SinksView } from './sinks-view.tsx';
import { StatusBanner } from './status-banner.tsx';
import { useStatus } from './use-status.ts';

export function StatusApp({ first }: { first: StatusData }) {
  const followed = useStatus(first);
  const { data } = followed;
  document.title = `Wireproof: ${headlineOf(data).word}`;
  const scopes =
    data.scopes.length > 1
      ? data.scopes.map(({ scope }, at) => ({ id: `scope-${at}`, name: visible(scope, 60) }))
      : [];
  return (
    <>
      <TopBar of="status" links={[...scopes, { id: 'receivers', name: 'Receivers' }]} />
      <main>
        <StatusBanner followed={followed} />
        {data.scopes.map((scope, at) => (
          <ScopeView key={scope.scope} id={`scope-${at}`} scope={scope} />
        ))}
        {data.scopesLeftOut > 0 && (
          <p class="muted">{data.scopesLeftOut} more scopes are left out of this page.</p>
        )}
        <section id="receivers">
          <h2>Receivers</h2>
          <SinksView sinks={data.sinks} />
        </section>
      </main>
      <footer>
        Wireproof {data.version}, read only. As JSON: <a href="status.json">status</a>,{' '}
        <a href="alerts.json">alerts</a>, <a href="summary.json">summary</a>.
      </footer>
    </>
  );
}
