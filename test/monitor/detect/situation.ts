import type { Call } from '../../../src/calls/call.ts';
import { evidenceOf } from '../../../src/calls/evidence.ts';
import { formatOperation } from '../../../src/calls/operation.ts';
import { targetOf } from '../../../src/calls/target.ts';
import { type CallEnding, endingOf } from '../../../src/compare/ending.ts';
import type { AlertRule } from '../../../src/monitor/alert-rule.ts';
import type { Detector, DetectorKind } from '../../../src/monitor/detector.ts';
import { OperationMeasure } from '../../../src/monitor/measure/operation-measure.ts';
import type { Shown, SlotView } from '../../../src/monitor/measure/slot-view.ts';
import { Rollouts } from '../../../src/monitor/rollouts.ts';
import { type MonitorSettings, USUAL_SETTINGS } from '../../../src/monitor/settings.ts';
import type { Signal } from '../../../src/monitor/signal.ts';
import { type Slot, slotAt } from '../../../src/monitor/slot.ts';
import { subjectKey } from '../../../src/monitor/subject.ts';
import { Profile } from '../../../src/profile/profile.ts';
import { Learning } from './learning.ts';
import { callsOf, type Stream } from './traffic.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, midnight UTC. */
export const MONDAY = Date.UTC(2026, 10, 2);
export const INTERVAL = 5 * MINUTE;

export function operationOf(call: Call): string {
  const target = targetOf(call);
  return formatOperation(target, target.segments);
}

/** What a slot showed, from its calls. */
export function viewOf(
  slot: Slot,
  calls: readonly Call[],
  more: Partial<Pick<SlotView, 'flows' | 'problems' | 'revisions' | 'servesAs'>> = {},
): SlotView {
  const operations = new Map<string, OperationMeasure>();
  const byOperation = Map.groupBy(calls, operationOf);
  for (const operation of [...byOperation.keys()].sort()) {
    const group = byOperation.get(operation) as Call[];
    const { workload, protocol, mutation } = targetOf(group[0] as Call);
    const measure = new OperationMeasure({ operation, workload, protocol, mutation });
    for (const each of group) measure.observe(each);
    operations.set(operation, measure);
  }
  return {
    slot,
    calls: calls.length,
    operations,
    shown: (operation) => shownOf(operation, byOperation.get(operation) ?? []),
    profile: new Profile(),
    revisions: new Map(),
    flows: undefined,
    problems: [],
    ...more,
  };
}

function shownOf(operation: string, calls: readonly Call[]): Shown {
  const evidence = (some: readonly Call[]) => some.map((each) => evidenceOf(each, operation));
  const of = (...endings: CallEnding[]) => calls.filter((each) => endings.includes(endingOf(each)));
  return {
    failed: evidence(of('failed', 'unanswered').slice(0, 5)),
    told: evidence(of('told').slice(0, 5)),
    slowest: evidence(calls.toSorted((a, b) => (b.latency ?? 0) - (a.latency ?? 0)).slice(0, 5)),
    byCaller: new Map(
      [...Map.groupBy(calls, ({ src }) => src.workload.name)].map(([caller, some]) => [
        caller,
        evidence(some.slice(0, 3)),
      ]),
    ),
  };
}

/** One detector that watches slot after slot, as the monitor lets it. */
export class Watch {
  readonly learning = new Learning();
  readonly #rollouts = new Rollouts();
  readonly settings: MonitorSettings;
  readonly #kind: DetectorKind;
  readonly #restarts: boolean;
  #detector: Detector;

  /** With `restarts`, it is made again from what it remembers after every slot. */
  constructor(kind: DetectorKind, settings: Partial<MonitorSettings> = {}, restarts = false) {
    this.settings = { ...USUAL_SETTINGS, ...settings };
    this.#kind = kind;
    this.#restarts = restarts;
    this.#detector = kind.create(undefined);
  }

  slot(view: SlotView, calls: readonly Call[] = []): readonly Signal[] {
    const reader = this.#detector.read(view.slot);
    for (const call of calls) {
      this.#detector.observe?.(reader, {
        call,
        target: targetOf(call),
        operation: operationOf(call),
      });
    }
    const normal = this.learning.at(view.slot.start);
    const rollouts = this.#rollouts.of(view);
    const situation = { view, reader, normal, settings: this.settings, rollouts };
    const signals = this.#detector.judge(situation);
    this.#detector.learn(situation);
    this.learning.learn(view);
    this.#rollouts.learn(view);
    if (this.#restarts) {
      const kept = this.#detector.remembers();
      this.#detector = this.#kind.create(kept && JSON.parse(JSON.stringify(kept)));
    }
    return signals;
  }

  remembers() {
    return this.#detector.remembers();
  }
}

/** What was signalled in a slot. */
export interface Judged {
  readonly start: number;
  readonly signals: readonly Signal[];
}

export interface Run {
  readonly seed?: number;
  readonly from?: number;
  readonly days: number;
  readonly interval?: number;
  readonly more?: (slot: Slot) => Parameters<typeof viewOf>[2];
}

/** Lets a detector watch some streams of calls. */
export function watch(watcher: Watch, streams: readonly Stream[], run: Run): Judged[] {
  const { seed = 1, from = MONDAY, days, interval = INTERVAL } = run;
  const judged: Judged[] = [];
  for (let start = from; start < from + days * DAY; start += interval) {
    const slot = slotAt(start, interval);
    const calls = callsOf(streams, start, interval, seed);
    const view = viewOf(slot, calls, run.more?.(slot));
    judged.push({ start, signals: watcher.slot(view, calls) });
  }
  return judged;
}

/** An alert: of which rule, about what, when it fired and, where it did, ended. */
export interface Fired {
  readonly rule: string;
  readonly first: Signal;
  readonly at: number;
  ended?: number;
}

/** What would fire: each rule's own number of slots in a row begins and ends it. */
export function firedOf(judged: readonly Judged[], rules: readonly AlertRule[]): Fired[] {
  const fired: Fired[] = [];
  const open = new Map<string, { seen: number; quiet: number; alert?: Fired; rule: AlertRule }>();
  for (const { start, signals } of judged) {
    const now = new Map(
      signals.map((signal) => [`${signal.rule} ${subjectKey(signal.subject)}`, signal]),
    );
    for (const [key, signal] of now) {
      const rule = rules.find(({ id }) => id === signal.rule) as AlertRule;
      const state = open.get(key) ?? { seen: 0, quiet: 0, rule };
      open.set(key, state);
      state.seen++;
      state.quiet = 0;
      if (state.alert || state.seen < rule.confirm) continue;
      state.alert = { rule: rule.id, first: signal, at: start };
      fired.push(state.alert);
    }
    for (const [key, state] of open) {
      if (now.has(key)) continue;
      state.quiet++;
      if (!state.alert) open.delete(key);
      else if (state.quiet >= state.rule.clear) {
        state.alert.ended = start;
        open.delete(key);
      }
    }
  }
  return fired;
}

/** A value that changes for a while. */
export function during(from: number, to: number, then: number, usual: number) {
  return (ts: number) => (ts >= from && ts < to ? then : usual);
}
