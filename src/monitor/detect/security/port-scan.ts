import type { FlowReading } from '../../../calls/flow.ts';
import { quote } from '../../../calls/kfl.ts';
import { isNameless } from '../../../calls/workload.ts';
import { byCodeUnit } from '../../../support/json.ts';
import type { SlotView } from '../../measure/slot-view.ts';
import type { Signal } from '../../signal.ts';
import type { Peaks } from './peaks.ts';

const LEAST_PAIRS = 40;
const TIMES_MOST = 3;

/** Pairs of server and port that each workload has flows to, by workload in code-unit order. */
export function serverPorts(flows: FlowReading | undefined): ReadonlyMap<string, Set<string>> {
  const pairs = new Map<string, Set<string>>();
  for (const { client, server, port } of flows?.flows ?? []) {
    // Such a name stands for many senders.
    if (isNameless(client) || port === undefined) continue;
    const of = pairs.get(client) ?? new Set<string>();
    of.add(`${server}:${port}`);
    pairs.set(client, of);
  }
  return new Map([...pairs].sort((a, b) => byCodeUnit(a[0], b[0])));
}

/** Workloads with flows to more servers and ports than they ever had. */
export function portScans(view: SlotView, peaks: Peaks, words: string): Signal[] {
  return [...serverPorts(view.flows)].flatMap(([client, { size }]): Signal[] => {
    const most = peaks.most(client, view.slot.start);
    if (size < LEAST_PAIRS || most === 0 || size <= TIMES_MOST * most) return [];
    return [
      {
        rule: 'security.scan',
        subject: { workload: client },
        summary: `${client} opens connections to ${size} pairs of host and port; at most ${most} before.`,
        since: view.slot.start,
        value: size,
        expected: most,
        unit: 'hosts',
        chance: 0,
        events: size,
        evidence: [],
        kfl: `tcp_flow && src.name == ${quote(client)}`,
        checked: `The L4 flows of ${client}, as the Hub counts them, against its own last two weeks (learned: ${words}).`,
      },
    ];
  });
}
