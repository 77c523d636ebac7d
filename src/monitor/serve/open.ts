import type { Listening } from '../../support/http-server.ts';
import type { SlotListener } from '../slot-listener.ts';
import type { Routes } from './answer.ts';
import { Health, type HealthOptions } from './health.ts';
import { MonitorMetrics } from './metrics.ts';
import { serveMonitor } from './server.ts';

export interface ServingOptions extends HealthOptions {
  readonly listen: { readonly host: string; readonly port: number };
  /** Besides `/metrics`, `/healthz` and `/readyz`. */
  readonly routes: Routes;
  readonly signal: AbortSignal;
}

/** Serves a monitor's metrics, health and pages. The listeners are to be told of every slot. */
export async function openServer(
  options: ServingOptions,
): Promise<Listening & { readonly listeners: readonly SlotListener[] }> {
  const metrics = await MonitorMetrics.open(options.now);
  const health = new Health(options);
  const routes: Routes = new Map([
    ...options.routes,
    ['/metrics', () => metrics.answer()],
    ['/healthz', () => health.healthz()],
    ['/readyz', () => health.readyz()],
  ]);
  const server = await serveMonitor(options.listen, routes, options.signal);
  return { ...server, listeners: [metrics, health] };
}
