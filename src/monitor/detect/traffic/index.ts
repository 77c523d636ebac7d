import type { DetectorKind } from '../../detector.ts';
import { rates } from './rates.ts';
import { strangers } from './strangers.ts';

/** Detectors of who calls whom, and how often. */
export const TRAFFIC_DETECTORS: readonly DetectorKind[] = [rates, strangers];
