import type { OperationPair } from './pairs.ts';

const HEALTH =
  /\/(?:health|healthz|healthcheck|live|livez|liveness|ready|readyz|readiness|startup|startupz)(?:\/|$)|\/grpc\.health\.v1\.Health\//;

/** Whether an operation only asks whether the server lives or is ready, as the kubelet does. */
export function asksForHealth({ operation }: Pick<OperationPair, 'operation'>): boolean {
  return HEALTH.test(operation);
}
