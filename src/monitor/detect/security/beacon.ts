import { fields } from '../../../profile/schema/json-read.ts';
import { fitsGlob } from '../../../support/glob.ts';
import type { Json } from '../../../support/json.ts';
import { iso } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Normal } from '../../learned/normal.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS, HOUR_MS, type Slot } from '../../slot.ts';
import { subjectKey } from '../../subject.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly, Sightings } from '../sightings.ts';
import { type Beat, Beats, goOn } from './beats.ts';
import { isFromInside, outsideHost } from './outside-host.ts';
import { beatsOf, type Period, periodOf } from './periodic.ts';

const RULE: AlertRule = {
  id: 'security.beacon',
  category: 'security',
  severity: 'warning',
  title: 'A new host is called like clockwork',
  meaning:
    'A workload calls a host outside of the cluster, which nobody called before, at a regular beat with small, alike messages: as malware asks for orders. The workload is who calls, the detail the host.',
  method:
    'At least 10 calls over at least 45 minutes at gaps of 5 s to 20 minutes, whose median absolute deviation is at most a fifth of their median and which are not skewed, with sizes alike and below 16 kB (after RITA, Active Countermeasures). Only hosts first seen less than a day ago, and not in the first day of learning.',
  within: 'In 50 minutes for a beat of up to 5 minutes; in ten beats for a slower one.',
  confirm: 1,
  clear: 6,
  remedy:
    'Find what in the workload calls it, and deny it by a NetworkPolicy. An agent that you installed: list its host under `monitor: trusted-hosts`. After a day the host is known.',
  symptom: false,
};
/** Pairs of caller and host without a beat for so long are no beacon. */
const SILENT_MS = 6 * HOUR_MS;
/** Busier pairs in one slot are no beacon. */
const MAX_CALLS = 400;

interface Reading {
  readonly deeds: Deeds;
  readonly calls: Map<string, Beat[]>;
  readonly hosts: Set<string>;
}

class Beacon implements Detector<Reading> {
  readonly #beats: Beats;
  /** Hosts outside. */
  readonly #hosts: Sightings;

  constructor(kept: Json | undefined) {
    [this.#beats, this.#hosts] = readable(
      kept,
      (json) => {
        const { beats, hosts } = fields(json);
        return [Beats.fromJSON(beats), Sightings.fromJSON(hosts)] as const;
      },
      () => [new Beats(), new Sightings()] as const,
    );
  }

  read(): Reading {
    return { deeds: new Deeds(), calls: new Map(), hosts: new Set() };
  }

  observe({ deeds, calls, hosts }: Reading, seen: SeenCall): void {
    const { call } = seen;
    const host = outsideHost(call.dst);
    if (host === undefined || !isFromInside(call.src)) return;
    if (hosts.size < 5_000) hosts.add(host);
    const subject = { workload: call.src.workload.name, detail: host };
    const key = subjectKey(subject);
    const beats = calls.get(key) ?? [];
    if (beats.length > MAX_CALLS) return;
    if (!deeds.add(seen, subject, 'one of the beats', () => callsBetween(call))) return;
    beats.push([Math.floor(call.ts), (call.requestSize ?? 0) + (call.responseSize ?? 0)]);
    calls.set(key, beats);
  }

  judge({ view, normal, reader, settings }: Situation<Reading>): Signal[] {
    if (isEarly(view.slot, normal.since)) return [];
    return reader.deeds.entries().flatMap(([key, deed]): Signal[] => {
      const host = deed.subject.detail ?? '';
      if (settings.trustedHosts.some((pattern) => fitsGlob(pattern, host))) return [];
      if (this.#isKnown(host, view.slot, normal)) return [];
      const calls = reader.calls.get(key) ?? [];
      if (calls.length > MAX_CALLS) return [];
      const period = periodOf(goOn(this.#beats.get(key), beatsOf(calls)));
      return period ? [signalOf(deed, period, normal.words)] : [];
    });
  }

  learn({ view, normal, reader }: Situation<Reading>): void {
    const { start } = view.slot;
    for (const host of reader.hosts) this.#hosts.see(host, start);
    for (const [key, deed] of reader.deeds.entries()) {
      const calls = reader.calls.get(key) ?? [];
      const busy = calls.length > MAX_CALLS;
      const known = this.#isKnown(deed.subject.detail ?? '', view.slot, normal);
      if (busy || known || isEarly(view.slot, normal.since)) this.#beats.delete(key);
      else this.#beats.add(key, beatsOf(calls));
    }
    this.#beats.forget(start - SILENT_MS);
    this.#hosts.forget(start);
  }

  remembers(): Json {
    return { beats: this.#beats.toJSON(), hosts: this.#hosts.toJSON() };
  }

  /** A host that was there for a day, or when the learning began. */
  #isKnown(host: string, slot: Slot, { callee, since }: Normal): boolean {
    const moments = [this.#hosts.get(host)?.first, callee(host)?.first];
    return moments.some(
      (first) =>
        first !== undefined &&
        (slot.start - first >= DAY_MS || (since !== undefined && first - since < DAY_MS)),
    );
  }
}

function signalOf(
  { subject, evidence, events, kfl }: Deed,
  { period, spread, beats, since }: Period,
  words: string,
): Signal {
  const every =
    period >= 120_000
      ? `${(period / 60_000).toFixed(1)} minutes`
      : `${Math.round(period / 1000)} s`;
  return {
    rule: RULE.id,
    subject,
    summary: `${subject.workload} calls ${subject.detail}, a new host outside of the cluster, every ${every} (deviation ${(spread * 100).toFixed(0)} %), since ${iso(since)}.`,
    since,
    value: period,
    expected: null,
    unit: 'ms',
    chance: 0,
    events: Math.max(events, beats),
    evidence,
    kfl,
    checked: `The last ${beats} calls of ${subject.workload} to ${subject.detail}: their gaps and sizes. The host was first seen less than a day ago (learned: ${words}).`,
  };
}

export const beacon: DetectorKind = {
  name: RULE.id,
  rules: [RULE],
  create: (kept) => new Beacon(kept) as Detector,
};
