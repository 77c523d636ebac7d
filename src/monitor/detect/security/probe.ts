import type { Call } from '../../../calls/call.ts';

const PATH =
  /\/(?:health|healthz|healthcheck|live|livez|liveness|ready|readyz|readiness|ping|status|metrics|prometheus|version|favicon\.ico|robots\.txt)\/?(?:\?|$)/i;
const AGENT = /^(?:kube-probe|Prometheus|GoogleHC|ELB-HealthChecker|Consul Health Check)\b/i;

/** Whether a call only asks whether the server lives, or for its metrics. */
export function isProbe({ path, method, requestHeaders }: Call): boolean {
  if (method === 'OPTIONS') return true;
  return PATH.test(path.slice(-128)) || AGENT.test(requestHeaders.get('user-agent') ?? '');
}
