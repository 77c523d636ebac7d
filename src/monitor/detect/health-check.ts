const HEALTH =
  / \/(?:[\w-]{1,40}\/)?(?:health|healthz|healthcheck|livez|liveness|readyz|readiness|ping|metrics|prometheus|grpc\.health\.v1\.Health)(?:\/\w{1,20})?$/i;

/** Whether an operation in plain form asks a workload whether it lives, or for its metrics. */
export function isHealthCheck(operation: string): boolean {
  return HEALTH.test(operation);
}
