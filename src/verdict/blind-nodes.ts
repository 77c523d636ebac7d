import type { CaptureProblem } from '../calls/observation.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { ROLES, type Role, type View } from '../profile/capture-views.ts';
import { grouped, wholePercent } from '../support/quantity.ts';

/** Calls that the node should have seen, by the other capture, before its silence means something. */
const LEAST_EXPECTED = 50;
/** From this share on both ends' nodes see every call; less is what the Hub happens to list twice. */
const SEES_ALL = 0.8;
/** What a node must still see of what it saw. */
const LEAST = 0.6;
/** Below this share at one end of all nodes, the Hub lists calls once: as the other end saw them. */
const LISTED_ONCE = 0.1;

const DOES: Readonly<Record<Role, string>> = { client: 'made to', server: 'served for' };

/**
 * Nodes that no longer see the calls between nodes of which their pods are one end, while the other
 * ends' nodes do and the other capture shows that they could. Pods that moved elsewhere, and nodes that are
 * gone, have no such calls.
 */
export function blindNodes(mine: CaptureStats, other: CaptureStats): CaptureProblem[] {
  const problems: CaptureProblem[] = [];
  for (const [node, views] of mine.views.nodes) {
    for (const role of ROLES) {
      const now = views[role];
      const reference = share(usual(other, node, role));
      if (reference < SEES_ALL || share(now) >= reference * LEAST) continue;
      if (now.ends * reference < LEAST_EXPECTED || isListedOnce(mine, role)) continue;
      problems.push({
        code: 'node-blind',
        message:
          `${node} saw ${grouped(now.seen)} of the ${grouped(now.ends)} calls that its pods ${DOES[role]} other nodes, ` +
          `${wholePercent(reference)} in the other capture: its worker is missing, or its clock is too far off to tell that two nodes saw the same call`,
      });
    }
  }
  return problems;
}

/** What the node saw in the other capture; what all nodes did, where it had too few calls. */
function usual({ views }: CaptureStats, node: string, role: Role): View {
  const own = views.nodes.find(([name]) => name === node)?.[1][role];
  return own && own.ends >= LEAST_EXPECTED ? own : ofAllNodes(views, role);
}

/** Whether no node sees this end of the calls and the other end's nodes see them all. */
function isListedOnce({ views }: CaptureStats, role: Role): boolean {
  const [here, there] = [role, role === 'client' ? 'server' : 'client'].map((end) =>
    share(ofAllNodes(views, end as Role)),
  );
  return (here ?? 0) < LISTED_ONCE && (there ?? 0) >= SEES_ALL;
}

function ofAllNodes(views: CaptureStats['views'], role: Role): View {
  const all = { ends: 0, seen: 0 };
  for (const [, { [role]: view }] of views.nodes) {
    all.ends += view.ends;
    all.seen += view.seen;
  }
  return all;
}

function share({ ends, seen }: View): number {
  return ends === 0 ? 0 : seen / ends;
}
