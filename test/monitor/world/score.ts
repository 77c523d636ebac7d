import type { Alert } from '../../../src/monitor/alert.ts';
import type { SeededEvent } from './events.ts';
import { OPERATIONS } from './operations.ts';
import { MINUTE } from './time.ts';

/** An alert from when it fired to when it was resolved. */
export interface Told {
  readonly fired: Alert;
  readonly firedAt: number;
  /** How often it was sent as firing, and as resolved. */
  readonly firings: number;
  readonly resolutions: number;
  readonly resolvedAt: number | undefined;
}

/** How an event was told. */
export interface Outcome {
  readonly event: SeededEvent;
  /** By the right rule, of the right place. */
  readonly right: readonly Told[];
  /** Others of workloads that it concerns, while it lasted and somewhat after. */
  readonly beside: readonly Told[];
}

export interface Score {
  readonly outcomes: readonly Outcome[];
  /** Of nothing that was seeded. */
  readonly falseAlerts: readonly Told[];
}

/** What an event does to averages over hours takes so long to pass. */
const AFTERMATH = 90 * MINUTE;

/** Each alert once, in the order in which they fired. */
export function toldOf(sent: readonly Alert[]): readonly Told[] {
  return [...Map.groupBy(sent, ({ id }) => id).values()].map((same) => {
    const [fired] = same as [Alert];
    const ends = same.filter(({ state }) => state === 'resolved');
    const end = ends.at(-1)?.resolvedAt;
    return {
      fired,
      firedAt: Date.parse(fired.firedAt),
      firings: same.filter(({ state }) => state === 'firing').length,
      resolutions: ends.length,
      resolvedAt: end === undefined ? undefined : Date.parse(end),
    };
  });
}

/** Holds alerts against what was seeded. */
export function scoreOf(alerts: readonly Told[], events: readonly SeededEvent[]): Score {
  const outcomes = events.map((event) => ({
    event,
    right: alerts.filter((told) => during(told, event) && isRight(told.fired, event)),
    beside: alerts.filter(
      (told) => during(told, event) && !isRight(told.fired, event) && concerns(told.fired, event),
    ),
  }));
  const known = new Set(outcomes.flatMap(({ right, beside }) => [...right, ...beside]));
  return { outcomes, falseAlerts: alerts.filter((told) => !known.has(told)) };
}

/** Fired in its documented time, once, and resolved once, after the event's end. */
export function isKept({ event, right }: Outcome): boolean {
  const [only, ...more] = right;
  return (
    only !== undefined &&
    more.length === 0 &&
    only.firedAt - event.onset <= event.within &&
    only.resolutions === 1
  );
}

function during({ firedAt }: Told, { onset, end }: SeededEvent): boolean {
  return firedAt >= onset && firedAt <= end + AFTERMATH;
}

function isRight({ rule, subject }: Alert, { rules, workload, caller, operation }: SeededEvent) {
  const names = [workload, ...(caller === undefined || caller === 'outside' ? [] : [caller])];
  const text = JSON.stringify(subject);
  return (
    rules.includes(rule) &&
    names.includes(subject.workload) &&
    names.every((name) => text.includes(name)) &&
    (operation === undefined || (subject.operation ?? operation) === operation)
  );
}

/** Whether it is about a workload of the event, one that calls it, or one that it calls. */
function concerns({ subject }: Alert, { workload, caller }: SeededEvent): boolean {
  const near = new Set([workload]);
  spread(near, (server) => callersOf(server));
  const below = new Set([workload, ...(caller === undefined ? [] : [caller])]);
  spread(below, (server) => calleesOf(server));
  const { detail = '' } = subject;
  const names = [subject.workload, subject.caller ?? ''];
  return (
    names.some((name) => near.has(name) || below.has(name) || name === caller) ||
    detail.includes(workload)
  );
}

function spread(names: Set<string>, next: (server: string) => readonly string[]): void {
  for (const name of names) for (const other of next(name)) names.add(other);
}

function callersOf(server: string): readonly string[] {
  return [...OPERATIONS.values()]
    .filter(({ children }) => children.some(({ operation }) => operation.startsWith(`${server} `)))
    .map((operation) => operation.server);
}

function calleesOf(server: string): readonly string[] {
  return [...OPERATIONS.values()]
    .filter((operation) => operation.server === server)
    .flatMap(({ children }) => children.map(({ operation }) => operation.split(' ')[0] as string));
}
