import { times } from '../../../compare/words.ts';
import { byCodeUnit } from '../../../support/json.ts';
import { grouped } from '../../../support/quantity.ts';
import type { Situation } from '../../detector.ts';
import { isFailing } from '../../measure/slot-view.ts';
import type { Signal } from '../../signal.ts';
import { kflOf } from '../kfl.ts';
import type { Outlook, Seen } from './outlook.ts';
import { VOLUME } from './rules.ts';
import { ratedOf } from './tally.ts';

const WINDOWS = [3, 1] as const;
const CHANCE = 1e-7;
const UP = 2;
const DOWN = 0.5;
/** Times the fullest, and the emptiest, cell of the hours around this one. */
const ABOVE_HIGHEST = 1.3;
const BELOW_LOWEST = 0.7;
/** Calls that are missing or too many, at least. */
const LEAST = 30;
/** A caller that handles so much more or less than usual passes it on. */
const PASSED_UP = 1.5;
const PASSED_DOWN = 0.67;

interface Found extends Seen {
  readonly workload: string;
  /** Who brings most of the change. */
  readonly by: string | undefined;
  readonly cells: number;
  /** First moment that shows it, Unix ms. */
  readonly since: number;
}

/** Workloads called far more or far less than usual, where their callers don't explain it. */
export function changedVolume(
  situation: Situation<unknown>,
  outlook: Outlook,
  told: ReadonlySet<string>,
): readonly Signal[] {
  const { view } = situation;
  const found: Found[] = [];
  for (const name of [...outlook.rates.keys()].sort(byCodeUnit)) {
    const what = ratedOf(name);
    if (what.kind !== 'workload' || told.has(what.workload)) continue;
    const change = changeOf(what.workload, outlook);
    // Where many fail, more of them are the callers' trying again.
    if (change === undefined || isFailing(view, what.workload)) continue;
    if (change.calls < change.expected && (view.problems.length > 0 || view.calls === 0)) continue;
    if (!outlook.missed.has(what.workload)) continue;
    const { passed, by } = sourceOf(what.workload, outlook, change);
    if (passed) continue;
    const isUp = change.calls > change.expected;
    const since = outlook.since(what, change.cells, (ratio) =>
      isUp ? ratio >= UP : ratio <= DOWN,
    );
    found.push({ ...change, workload: what.workload, by, since });
  }
  const causes = Map.groupBy(found, ({ by, workload }) => by ?? workload);
  return [...causes.values()].map((group) => signalOf(group, situation));
}

function changeOf(workload: string, outlook: Outlook): (Seen & { cells: number }) | undefined {
  const what = { kind: 'workload', workload } as const;
  const extremes = outlook.extremes(what);
  if (extremes === undefined) return undefined;
  for (const cells of WINDOWS) {
    const seen = outlook.seen(what, cells);
    if (seen === undefined || Math.abs(seen.calls - seen.expected) < LEAST) continue;
    const [own, usual] = [outlook.own(what), outlook.usual(what)];
    const parts = outlook.span(cells) / (3_600_000 / 12);
    const up =
      seen.calls >= UP * seen.expected &&
      own >= UP * usual &&
      seen.calls >= ABOVE_HIGHEST * extremes.high * parts &&
      WINDOWS.length * seen.more < CHANCE;
    const down =
      seen.calls <= DOWN * seen.expected &&
      own <= DOWN * usual &&
      seen.calls <= BELOW_LOWEST * extremes.low * parts &&
      WINDOWS.length * seen.fewer < CHANCE;
    if (up || down) return { ...seen, cells };
  }
  return undefined;
}

/** Which caller brings most of a change, and whether callers only pass on what they themselves got. */
function sourceOf(
  workload: string,
  outlook: Outlook,
  { calls, expected, cells }: Seen & { cells: number },
): { passed: boolean; by: string | undefined } {
  const change = calls - expected;
  let passed = 0;
  let most = 0;
  let by: string | undefined;
  for (const caller of outlook.callersOf(workload)) {
    const edge = outlook.seen({ kind: 'edge', workload, caller }, cells);
    const part = edge ? (edge.calls - edge.expected) / change : 0;
    if (part > most) [most, by] = [part, caller];
    const handled = outlook.handled(caller);
    if (handled === undefined) continue;
    if (change > 0 ? handled >= PASSED_UP : handled <= PASSED_DOWN) passed += part;
  }
  return { passed: passed >= 0.5, by };
}

function signalOf(group: readonly Found[], { view, normal }: Situation<unknown>): Signal {
  const change = ({ calls, expected }: Found) => Math.abs(calls - expected);
  const [lead, ...others] = group.toSorted((a, b) => change(b) - change(a)) as [Found, ...Found[]];
  const { workload, calls, expected, by, cells, since } = lead;
  const from = by === undefined ? '' : `, mostly by ${by}`;
  const also =
    others.length === 0 ? '' : `; so are ${others.map((each) => each.workload).join(', ')}`;
  const shown = [...view.operations.values()].find(({ name }) => name.workload === workload);
  const evidence = shown && view.shown(shown.name.operation).byCaller;
  return {
    rule: VOLUME.id,
    subject: { workload },
    summary: `${workload} is called ${times(calls / expected)} as often as usual${from}: ${grouped(calls)} calls where ${grouped(Math.round(expected))} are usual at this hour${also}`,
    since,
    value: calls,
    expected,
    unit: 'calls',
    chance: WINDOWS.length * Math.min(lead.more, lead.fewer),
    events: calls,
    evidence: ((by === undefined ? undefined : evidence?.get(by)) ?? []).slice(0, 5),
    kfl: kflOf({ callee: workload, caller: by }),
    checked: `${grouped(calls)} calls of the last ${cells === 1 ? 'slot' : `${cells} slots`} against the same hours (${normal.words}) and the fullest and emptiest slots around this hour; callers handle no more or less than usual`,
  };
}
