import { ERROR_DETECTORS } from './detect/errors/index.ts';
import { LATENCY_DETECTORS } from './detect/latency/index.ts';
import { NETWORK_DETECTORS } from './detect/network/index.ts';
import { PROTOCOL_DETECTORS } from './detect/protocol/index.ts';
import { SECURITY_DETECTORS } from './detect/security/index.ts';
import { TRAFFIC_DETECTORS } from './detect/traffic/index.ts';
import type { DetectorKind } from './detector.ts';

/** Everything that a monitor looks for. */
export const DETECTORS: readonly DetectorKind[] = [
  ...ERROR_DETECTORS,
  ...LATENCY_DETECTORS,
  ...TRAFFIC_DETECTORS,
  ...PROTOCOL_DETECTORS,
  ...NETWORK_DETECTORS,
  ...SECURITY_DETECTORS,
];
