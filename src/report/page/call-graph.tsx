import { useMemo, useState } from 'preact/hooks';
import { workloadOf } from '../../calls/operation.ts';
import { counted } from '../words.ts';
import { Choice } from './choice.tsx';
import { type PlacedNode, place } from './graph-layout.ts';
import { arrowsOf, drawAround, drawWorkloads, type GraphSide } from './graph-model.ts';
import { GraphPicture } from './graph-picture.tsx';
import type { Report } from './report-data.ts';

type Scope = 'around' | 'workloads';

/** The call graph before and after: around what changed, or all of it by workload. */
export function CallGraph({ report }: { report: Report }) {
  const hasChanges = report.marks.size > 0;
  const leftOut = report.judgement.graph?.leftOut ?? 0;
  const [scope, setScope] = useState<Scope>(hasChanges ? 'around' : 'workloads');
  const [side, setSide] = useState<GraphSide>('both');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const arrows = useMemo(() => arrowsOf(report), [report]);
  const drawing = useMemo(
    () =>
      scope === 'around'
        ? drawAround(report, arrows, open, side)
        : drawWorkloads(arrows, open, side),
    [report, arrows, open, side, scope],
  );
  const placed = useMemo(() => place(drawing), [drawing]);
  const toggle = ({ name, folded }: PlacedNode) => {
    const key = scope === 'around' || folded ? name : workloadOf(name);
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  if (arrows.length === 0) {
    return <p class="muted">No call is known to have been caused by another: there is no graph.</p>;
  }
  const choose = (next: Scope) => {
    setScope(next);
    setOpen(new Set());
  };
  return (
    <>
      <div class="bar">
        {hasChanges && <ScopeChoice scope={scope} onChange={choose} />}
        <SideChoice side={side} onChange={setSide} />
        <Legend hasChanges={hasChanges} />
      </div>
      <GraphPicture placed={placed} onToggle={toggle} />
      {drawing.leftOut > 0 && (
        <p class="muted">{counted(drawing.leftOut, 'more edge')} not drawn.</p>
      )}
      {leftOut > 0 && scope === 'around' && (
        <p class="muted">{counted(leftOut, 'edge')} around them left out of every report.</p>
      )}
    </>
  );
}

function ScopeChoice(props: { scope: Scope; onChange: (scope: Scope) => void }) {
  return (
    <Choice
      label="Part of the graph"
      value={props.scope}
      options={[
        ['around', 'Around the changes'],
        ['workloads', 'All, by workload'],
      ]}
      onChange={props.onChange}
    />
  );
}

function SideChoice(props: { side: GraphSide; onChange: (side: GraphSide) => void }) {
  return (
    <Choice
      label="Side of the graph"
      value={props.side}
      options={[
        ['both', 'Before and after'],
        ['before', 'Before'],
        ['after', 'After'],
      ]}
      onChange={props.onChange}
    />
  );
}

function Legend({ hasChanges }: { hasChanges: boolean }) {
  return (
    <span class="legend">
      {hasChanges && (
        <>
          <span class="tag appeared">new</span>
          <span class="tag vanished">gone</span>
          <span class="tag changed">changed</span>
        </>
      )}
      <span class="muted">numbers: calls for each handled call</span>
    </span>
  );
}
