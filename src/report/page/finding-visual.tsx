import type { Finding } from '../../compare/finding.ts';
import { CallChanges } from './call-changes.tsx';
import { LatencyChart } from './latency-chart.tsx';
import type { Report } from './report-data.ts';
import { SchemaView } from './schema-view.tsx';
import { StatusBars } from './status-bars.tsx';

/** The picture that a finding is about, if its operation has one. */
export function FindingVisual({ report, finding }: { report: Report; finding: Finding }) {
  const { rule, operation, path = '' } = finding;
  const seen = report.operations.get(operation);
  if (!seen) return null;
  if (rule.startsWith('latency.')) {
    return seen.latency ? <LatencyChart latency={seen.latency} title={operation} /> : null;
  }
  if (rule.startsWith('call.')) return <CallChanges report={report} operation={operation} />;
  if (path.startsWith('status ')) {
    return <StatusBars statuses={seen.statuses} marked={path.slice('status '.length)} />;
  }
  const tree = seen.schemas?.find(
    ({ message }) => path === message || path.startsWith(`${message} /`),
  );
  if (!tree) return null;
  const marked = new Set(report.toldOf.get(operation)?.map((told) => told.finding.path ?? ''));
  return <SchemaView tree={tree} marked={marked} at={path} />;
}
