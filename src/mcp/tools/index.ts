import type { Tool } from '../tool.ts';
import { acceptChange } from './accept-change.ts';
import { captureBaseline } from './capture-baseline.ts';
import { compareCaptures } from './compare-captures.ts';
import { explainFinding } from './explain-finding.ts';
import { investigateIncident } from './investigate-incident.ts';
import { listFindings } from './list-findings.ts';
import { monitorStatus } from './monitor-status.ts';
import { verifyDeployment } from './verify-deployment.ts';

/** Every tool; `acceptChange` is offered only where the server was started with `--allow-accept`. */
export const TOOLS: readonly Tool[] = [
  captureBaseline,
  verifyDeployment,
  compareCaptures,
  investigateIncident,
  monitorStatus,
  listFindings,
  explainFinding,
];
export { acceptChange };
