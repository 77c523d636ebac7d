import type { DetectorKind } from '../../detector.ts';
import { operationLatencies } from './operations.ts';

/** Detectors of slow calls. */
export const LATENCY_DETECTORS: readonly DetectorKind[] = [operationLatencies];
