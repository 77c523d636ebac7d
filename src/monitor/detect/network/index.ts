import type { DetectorKind } from '../../detector.ts';
import { connectionChurn } from './churn.ts';
import { flowHealth } from './flows.ts';

/** Detectors of the health of the network below the calls. */
export const NETWORK_DETECTORS: readonly DetectorKind[] = [flowHealth, connectionChurn];
