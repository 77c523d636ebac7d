import { fitsGlob } from '../../../support/glob.ts';
import { byCodeUnit, type Json } from '../../../support/json.ts';
import { counted } from '../../../support/quantity.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Known, Normal } from '../../learned/normal.ts';
import type { MonitorSettings } from '../../settings.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS, HOUR_MS, type Slot } from '../../slot.ts';
import { kflOf } from '../kfl.ts';
import { Acquaintance } from './acquaintance.ts';
import { isOutside, isWorkload, type Meeting, type Meetings, meet } from './meetings.ts';
import { NEW_HOST, NEW_WORKLOAD, UNEXPECTED_CALLER } from './rules.ts';

const LEAST_CALLS = 3;
const LEAST_CALLS_FIRST_WEEK = 5;
const LEAST_SLOTS = 2;
const WEEK_DAYS = 7;

/** Who meets whom for the first time. */
class Strangers implements Detector<Meetings> {
  readonly #known: Acquaintance;

  constructor(kept: Json | undefined) {
    this.#known = new Acquaintance().restore(kept);
  }

  read(): Meetings {
    return new Map();
  }

  observe(meetings: Meetings, seen: SeenCall): void {
    meet(meetings, seen);
  }

  judge(situation: Situation<Meetings>): readonly Signal[] {
    const { view, normal, reader, settings } = situation;
    if (!isSettled(normal, view.slot)) return [];
    const signals = new Map<string, Signal>();
    for (const [name, meeting] of [...reader].sort((a, b) => byCodeUnit(a[0], b[0]))) {
      const { caller, callee } = meeting;
      for (const each of [caller, callee]) {
        if (!isWorkload(each) || !isSeenWhole(each.name, settings)) continue;
        if (!this.#isNewName(each.name, normal, view.slot)) continue;
        signals.set(each.name, newWorkload(each.name, meeting, situation));
      }
      if (!isNew(normal.edge(caller.name, callee.name), view.slot)) continue;
      const signal = isOutside(callee)
        ? this.#newHost(meeting, situation)
        : this.#unexpected(name, meeting, situation);
      if (signal) signals.set(name, signal);
    }
    return [...signals.values()];
  }

  learn({ view, normal, reader }: Situation<Meetings>): void {
    const fresh = (name: string) => {
      const [caller, callee] = JSON.parse(name) as [string, string];
      return isNew(normal.edge(caller, callee), view.slot);
    };
    this.#known.learn(reader, view.slot, isSettled(normal, view.slot), fresh);
  }

  remembers(): Json {
    return this.#known.toJSON();
  }

  #isNewName(name: string, normal: Normal, slot: Slot): boolean {
    const since = this.#known.callerSince(name);
    if (since !== undefined && since < slot.start - HOUR_MS) return false;
    return isNew(normal.callee(name), slot);
  }

  /** A workload that is new itself calls as it was deployed to. */
  #isOld(name: string, { normal, view: { slot }, settings }: Situation<Meetings>): boolean {
    if (!isSeenWhole(name, settings)) return true;
    const first = Math.min(
      this.#known.callerSince(name) ?? slot.end,
      normal.callee(name)?.first ?? slot.end,
    );
    return first < slot.start - DAY_MS || name === 'outside';
  }

  #unexpected(name: string, meeting: Meeting, situation: Situation<Meetings>): Signal | undefined {
    const { caller, callee } = meeting;
    const { normal } = situation;
    if (!isWorkload(callee) || !(isWorkload(caller) || isOutside(caller))) return undefined;
    if (!this.#isOld(caller.name, situation) || !this.#isOld(callee.name, situation)) {
      return undefined;
    }
    const { calls, slots, first } = this.#known.soFar(name, meeting);
    const enough =
      normal.days < WEEK_DAYS
        ? calls >= LEAST_CALLS_FIRST_WEEK && slots >= LEAST_SLOTS
        : calls >= LEAST_CALLS || slots >= LEAST_SLOTS;
    if (!enough) return undefined;
    return {
      ...common(meeting, situation),
      rule: UNEXPECTED_CALLER.id,
      subject: { workload: callee.name, caller: caller.name },
      summary: `${caller.name} calls ${callee.name}, which it never did: ${counted(calls, 'call')}`,
      since: first,
      value: calls,
      expected: 0,
      unit: 'calls',
      events: calls,
      kfl: kflOf({ protocol: meeting.protocol, caller: caller.name, callee: callee.name }),
      checked: `every edge seen in ${normal.words}; no workload watched that is less than a day old`,
    };
  }

  #newHost(meeting: Meeting, situation: Situation<Meetings>): Signal | undefined {
    const { caller, callee, address } = meeting;
    const { settings, view, normal } = situation;
    const host = callee.kind === 'host' ? callee.name : (address ?? callee.name);
    if (!isWorkload(caller) || !this.#isOld(caller.name, situation)) return undefined;
    if (settings.trustedHosts.some((pattern) => fitsGlob(pattern, host))) return undefined;
    if (this.#known.travels(caller.name, callee.name, view.slot)) return undefined;
    return {
      ...common(meeting, situation),
      rule: NEW_HOST.id,
      subject: { workload: caller.name, detail: host.slice(0, 253) },
      summary: `${caller.name} calls ${host} outside of the cluster for the first time: ${counted(meeting.calls, 'call')}`,
      value: 1,
      expected: 0,
      unit: 'hosts',
      kfl: kflOf({ protocol: meeting.protocol, caller: caller.name, address }),
      checked: `every host outside that ${caller.name} called in ${normal.words}, and ${settings.trustedHosts.length} trusted patterns`,
    };
  }
}

/** People and jobs have their weekdays: before one like today was seen, what is new says little. */
function common(meeting: Meeting, { normal }: Situation<Meetings>) {
  return {
    ...(!normal.familiar && { severity: 'info' as const }),
    since: normal.edge(meeting.caller.name, meeting.callee.name)?.first ?? meeting.first,
    chance: 0,
    events: meeting.calls,
    evidence: meeting.evidence,
  };
}

function newWorkload(name: string, meeting: Meeting, situation: Situation<Meetings>): Signal {
  const calls = meeting.callee.name === name;
  return {
    ...common(meeting, situation),
    rule: NEW_WORKLOAD.id,
    subject: { workload: name },
    summary: calls
      ? `${name} is called for the first time, by ${meeting.caller.name}`
      : `${name} was never seen, and calls ${meeting.callee.name}`,
    value: 1,
    expected: 0,
    unit: 'workloads',
    kfl: kflOf(calls ? { callee: name } : { caller: name }),
    checked: `every workload seen in ${situation.normal.words}`,
  };
}

/** In a scope of some workloads, the others are seen with these alone: whether they are new does not show. */
function isSeenWhole(name: string, { watched }: MonitorSettings): boolean {
  return watched === undefined || watched.includes(name);
}

function isSettled({ since, days }: Normal, slot: Slot): boolean {
  return since !== undefined && days >= 1 && slot.start - since >= DAY_MS;
}

/** Never seen before, or for the first time within the last hour. */
function isNew(known: Known | undefined, slot: Slot): boolean {
  return known === undefined || known.first > slot.start - HOUR_MS;
}

export const strangers: DetectorKind = {
  name: 'traffic.strangers',
  rules: [UNEXPECTED_CALLER, NEW_HOST, NEW_WORKLOAD],
  create: (kept) => new Strangers(kept) as Detector,
};
