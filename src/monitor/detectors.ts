import { ERROR_DETECTORS } from './detect/errors/index.ts';
import { LATENCY_DETECTORS } from './detect/latency/index.ts';
import { PROTOCOL_DETECTORS } from './detect/protocol/index.ts';
import { SECURITY_DETECTORS } from './detect/security/index.ts';
import type { DetectorKind } from './detector.ts';

/** Everything that a monitor looks for. */
export const DETECTORS: readonly DetectorKind[] = [
  ...ERROR_DETECTORS,
  ...LATENCY_DETECTORS,
  ...PROTOCOL_DETECTORS,
  ...SECURITY_DETECTORS,
];
