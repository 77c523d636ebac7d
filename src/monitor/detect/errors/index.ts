import type { DetectorKind } from '../../detector.ts';
import { burnRate } from './burn-rate.ts';
import { operationErrors } from './operations.ts';

/** Detectors of failed and rejected calls. */
export const ERROR_DETECTORS: readonly DetectorKind[] = [burnRate, operationErrors];
