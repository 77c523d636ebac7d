import { type Operation, operationsOf, type Spec } from './operation.ts';
import { PLATFORM } from './operations-platform.ts';
import { SHOP } from './operations-shop.ts';
import { STORES } from './operations-stores.ts';
import { WORKLOADS } from './workloads.ts';

const probes: Record<string, Spec> = {};
for (const { name, probed } of WORKLOADS) {
  if (!probed) continue;
  probes[`${name} GET /healthz`] = { ms: 1, fails: 0.0005 };
  probes[`${name} GET /metrics`] = { ms: 6, fails: 0.0005 };
}

/** Called by none but seeded events. */
const strange: Record<string, Spec> = {
  'cdn.tracker.example GET /t.js': { ms: 40 },
  'sync.telemetry.example GET /v1/ping': { ms: 60 },
  'mx.drop.example POST /in': { ms: 80 },
  'kube-dns A cdn.tracker.example': { ms: 1 },
  'kube-dns A sync.telemetry.example': { ms: 1 },
  'kube-dns A mx.drop.example': { ms: 1 },
};

/** Everything that may be called, by name. */
export const OPERATIONS: ReadonlyMap<string, Operation> = operationsOf({
  ...SHOP,
  ...PLATFORM,
  ...STORES,
  ...probes,
  ...strange,
});
