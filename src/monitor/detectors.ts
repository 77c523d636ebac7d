import type { DetectorKind } from './detector.ts';

/** Everything that a monitor looks for. */
export const DETECTORS: readonly DetectorKind[] = [];
