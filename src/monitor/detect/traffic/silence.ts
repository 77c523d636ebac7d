import { byCodeUnit } from '../../../support/json.ts';
import { grouped } from '../../../support/quantity.ts';
import type { Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS } from '../../slot.ts';
import { kflOf } from '../kfl.ts';
import type { Outlook, Seen } from './outlook.ts';
import { SILENCE } from './rules.ts';
import { type Rated, ratedOf } from './tally.ts';

const WINDOWS = [1, 3, 6] as const;
const CHANCE = 1e-6;
/** Of what is usual: so few calls are silence. */
const HARDLY = 0.1;
/** Usual calls of a slot from which an operation has steady traffic. */
const STEADY = 5;
/** A caller so far below its usual calls explains its callees' silence. */
const SILENT_CALLER = 0.5;

type Quiet = Extract<Rated, { kind: 'workload' | 'operation' }>;

interface Found extends Seen {
  readonly what: Quiet;
  readonly cells: number;
}

/** Workloads, or single operations of them, that are usually called at this hour and are not. */
export function silent(situation: Situation<unknown>, outlook: Outlook): readonly Signal[] {
  const { view, normal } = situation;
  if (view.problems.length > 0 || view.calls === 0) return [];
  const found: Found[] = [];
  for (const name of [...outlook.rates.keys()].sort(byCodeUnit)) {
    const what = ratedOf(name);
    if (what.kind !== 'workload' && what.kind !== 'operation') continue;
    const last = normal.callee(what.workload)?.last;
    if (last === undefined || last < view.slot.start - DAY_MS) continue;
    const quiet = quietOf(what, outlook);
    if (quiet && !explained(what.workload, outlook)) found.push(quiet);
  }
  const workloads = new Set(
    found.flatMap(({ what }) => (what.kind === 'workload' ? what.workload : [])),
  );
  const told = found.filter(
    ({ what }) => what.kind === 'workload' || !workloads.has(what.workload),
  );
  const byWorkload = Map.groupBy(told, ({ what }) => what.workload);
  return [...byWorkload.values()].map((group) => signalOf(group, situation));
}

function quietOf(what: Quiet, outlook: Outlook): Found | undefined {
  if (what.kind === 'operation' && outlook.usual(what) < STEADY) return undefined;
  if (outlook.own(what) > HARDLY * outlook.usual(what) || outlook.nearQuietHour(what))
    return undefined;
  for (const cells of WINDOWS) {
    const seen = outlook.seen(what, cells);
    if (seen === undefined || seen.calls > HARDLY * seen.expected) continue;
    if (WINDOWS.length * seen.fewer < CHANCE) return { ...seen, what, cells };
  }
  return undefined;
}

/** Whether most of the callers are themselves called far less than usual. */
export function explained(workload: string, outlook: Outlook): boolean {
  let usual = 0;
  let missed = 0;
  for (const caller of outlook.callersOf(workload)) {
    const calls = outlook.usual({ kind: 'edge', workload, caller });
    usual += calls;
    const server = outlook.server(caller);
    const handled = outlook.ratio(server);
    const now = outlook.own(server);
    const few = now <= SILENT_CALLER * outlook.usual(server);
    if (handled !== undefined && few) missed += calls;
  }
  return missed > usual / 2;
}

function signalOf(group: readonly Found[], { view, normal }: Situation<unknown>): Signal {
  const [lead] = group.toSorted((a, b) => b.expected - a.expected) as [Found];
  const { what, calls, expected, fewer, cells } = lead;
  const interval = view.slot.end - view.slot.start + 1;
  const name = what.kind === 'operation' ? what.operation : what.workload;
  const others = group.length > 1 ? `, as do ${group.length - 1} more of its operations` : '';
  const usual = Math.round(expected);
  return {
    rule: SILENCE.id,
    subject: {
      workload: what.workload,
      ...(what.kind === 'operation' && { operation: what.operation }),
    },
    summary: `${name} is silent${others}: ${grouped(calls)} calls where ${grouped(usual)} are usual at this hour`,
    since: view.slot.start - (cells > 1 ? (cells - 1) * interval : 0),
    value: calls,
    expected,
    unit: 'calls',
    chance: WINDOWS.length * fewer,
    events: usual,
    evidence: [],
    kfl: kflOf({ callee: what.workload }),
    checked: `${grouped(calls)} calls of the last ${cells === 1 ? 'slot' : `${cells} slots`} against ${grouped(usual)} expected from the same hours (${normal.words}); others made ${grouped(view.calls)} calls meanwhile`,
  };
}
