import { eventually, type Started, startServer } from './server-process.ts';

/** As `GET /api/v2/alerts` gives it. */
export interface ShownAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: { readonly state: string };
}

/** The Alertmanager of the Debian package, which tells a webhook of everything at once. */
export function startAlertmanager(webhook: string): Promise<Started> {
  const config = `
route:
  receiver: hook
  group_by: ['...']
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: hook
    webhook_configs:
      - url: ${webhook}
        send_resolved: true
`;
  return startServer('prometheus-alertmanager', config, ({ config: file, data }, address) => [
    `--config.file=${file}`,
    `--storage.path=${data}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ]);
}

/** The alerts that it shows as active. */
export async function activeAlerts({ url }: Started): Promise<readonly ShownAlert[]> {
  const answer = await fetch(`${url}/api/v2/alerts?active=true`);
  return (await answer.json()) as ShownAlert[];
}

/** Waits until it shows so many active alerts. */
export function untilActive(alertmanager: Started, count: number): Promise<readonly ShownAlert[]> {
  return eventually(`${count} active alerts`, async () => {
    const alerts = await activeAlerts(alertmanager);
    return alerts.length === count ? alerts : undefined;
  });
}
