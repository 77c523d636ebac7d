import type { Workload } from '../../../calls/call.ts';
import { type EvidenceCall, evidenceOf } from '../../../calls/evidence.ts';
import type { SeenCall } from '../../detector.ts';

const MAX_MEETINGS = 5_000;
const EVIDENCE = 3;

/** Who called whom in a slot. */
export interface Meeting {
  readonly caller: Workload;
  readonly callee: Workload;
  readonly protocol: string;
  /** Of the server, of the first call. */
  readonly address: string | undefined;
  readonly first: number;
  calls: number;
  readonly evidence: EvidenceCall[];
}

/** Meetings by name, bounded. */
export type Meetings = Map<string, Meeting>;

function meetingName(caller: string, callee: string): string {
  return JSON.stringify([caller, callee]);
}

/** Adds a call to the meetings of its slot. */
export function meet(meetings: Meetings, { call, operation }: SeenCall): void {
  const { src, dst } = call;
  const name = meetingName(src.workload.name, dst.workload.name);
  let meeting = meetings.get(name);
  if (meeting === undefined) {
    if (meetings.size >= MAX_MEETINGS) return;
    meeting = {
      caller: src.workload,
      callee: dst.workload,
      protocol: call.protocol,
      address: dst.ip,
      first: call.ts,
      calls: 0,
      evidence: [],
    };
    meetings.set(name, meeting);
  }
  meeting.calls++;
  if (meeting.evidence.length < EVIDENCE) meeting.evidence.push(evidenceOf(call, operation));
}

/** Whether a name is one workload of the cluster, and not a class of addresses. */
export function isWorkload({ kind }: Workload): boolean {
  return kind === 'service' || kind === 'owner';
}

export function isOutside({ kind }: Workload): boolean {
  return kind === 'host' || kind === 'outside';
}
