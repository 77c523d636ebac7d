import { grouped } from '../../../support/quantity.ts';
import type { Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { HOUR_MS } from '../../slot.ts';
import { kflOf } from '../kfl.ts';
import type { Outlook } from './outlook.ts';
import { VANISHED_EDGE } from './rules.ts';

const WINDOWS = [1, 3, 6, 12] as const;
const CHANCE = 1e-7;
/** Hours of the day with calls, that a steady edge has. */
const STEADY_HOURS = 22;
const FORGET_MS = 6 * HOUR_MS;
/** What a caller, or a callee, at least does of what is usual, to be alive. */
const ALIVE = 0.4;

/** Edges that were there in nearly every hour and are not, while both ends are alive. */
export function vanishedEdges(
  { view, normal }: Situation<unknown>,
  outlook: Outlook,
  told: ReadonlySet<string>,
): readonly Signal[] {
  if (view.problems.length > 0 || view.calls === 0) return [];
  const signals: Signal[] = [];
  for (const edge of outlook.edges) {
    const { workload, caller } = edge;
    if (outlook.own(edge) > 0 || told.has(workload) || told.has(caller)) continue;
    const last = normal.edge(caller, workload)?.last;
    if (last === undefined || last < view.slot.start - FORGET_MS) continue;
    if (outlook.busyHours(edge) < STEADY_HOURS) continue;
    const handled = outlook.handled(caller);
    if (handled !== undefined && handled < ALIVE) continue;
    if (!callsOthers(caller, workload, outlook)) continue;
    if (outlook.own({ kind: 'workload', workload }) === 0) continue;
    const cells = WINDOWS.find((window) => {
      const seen = outlook.seen(edge, window);
      return seen?.calls === 0 && WINDOWS.length * seen.fewer < CHANCE;
    });
    const seen = cells && outlook.seen(edge, cells);
    if (!cells || !seen) continue;
    signals.push({
      rule: VANISHED_EDGE.id,
      subject: { workload, caller },
      summary: `${caller} does not call ${workload} any more: no call where ${grouped(Math.round(seen.expected))} are usual; both still run`,
      since: last,
      value: 0,
      expected: seen.expected,
      unit: 'calls',
      chance: WINDOWS.length * seen.fewer,
      events: Math.round(seen.expected),
      evidence: [],
      kfl: kflOf({ callee: workload, caller }),
      checked: `the last ${cells === 1 ? 'slot' : `${cells} slots`} against the same hours (${normal.words}); ${workload} was called ${grouped(outlook.own({ kind: 'workload', workload }))} times by others`,
    });
  }
  return signals;
}

function callsOthers(caller: string, workload: string, outlook: Outlook): boolean {
  let usual = 0;
  let now = 0;
  for (const edge of outlook.edges) {
    if (edge.caller !== caller || edge.workload === workload) continue;
    usual += outlook.usual(edge);
    now += outlook.own(edge);
  }
  return now > 0 && now >= ALIVE * usual;
}
