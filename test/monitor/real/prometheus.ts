import { eventually, type Started, startServer } from './server-process.ts';

/** The Prometheus of the Debian package, which scrapes one target. */
export function startPrometheus(target: string): Promise<Started> {
  const config = `
global:
  scrape_interval: 1s
  scrape_timeout: 1s
scrape_configs:
  - job_name: wireproof
    static_configs:
      - targets: ['${new URL(target).host}']
`;
  return startServer('prometheus', config, ({ config: file, data }, address) => [
    `--config.file=${file}`,
    `--storage.tsdb.path=${data}`,
    `--web.listen-address=${address}`,
    '--log.level=error',
  ]);
}

/** Asks until the query has a value. */
export function measured({ url }: Started, query: string): Promise<number> {
  return eventually(query, async () => {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
    const { data } = (await answer.json()) as {
      readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
    };
    const [found] = data?.result ?? [];
    return found && Number(found.value[1]);
  });
}
