import { fields } from '../../../profile/schema/json-read.ts';
import { byCodeUnit, type Json } from '../../../support/json.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS } from '../../slot.ts';
import { callsFrom } from '../calls-filter.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly } from '../sightings.ts';
import { askerName, askerOf } from './asker.ts';
import { Forwarded } from './forwarded.ts';
import { Peaks } from './peaks.ts';
import { portScans, serverPorts } from './port-scan.ts';

export const SCAN: AlertRule = {
  id: 'security.scan',
  category: 'security',
  severity: 'warning',
  title: 'A caller looks for what is there',
  meaning:
    'One caller, or one address outside of the cluster, asks for many paths that are not there or not for it, or opens connections to many hosts or ports. The workload is who does it; the detail its address, where it is outside.',
  method:
    'Different paths (values left out) answered with 401, 403, 404, 405 or 410, of operations that were never learned: at least 20 from one caller in an interval, at least half of what it asks there, and three times the most that it had in an interval of the last two weeks. Ports and hosts: pairs of server and port among the L4 flows of one workload, at least 40, by the same comparison. What a workload passes on is not its own.',
  within: 'In the interval in which the twentieth path is asked for.',
  confirm: 1,
  clear: 3,
  remedy:
    'Block the address, or find out what runs in the workload. A scanner of your own is known once it has run: its most is remembered for two weeks.',
  symptom: false,
};
const DENIED = new Set(['401', '403', '404', '405', '410']);
const LEAST_PATHS = 20;
const MAX_PATHS = 5_000;
const TIMES_MOST = 3;
const HTTP = new Set('http https http2'.split(' '));

interface Asked {
  calls: number;
  /** Different paths that were denied, by their operation in plain form. */
  readonly denied: Map<string, string>;
}

interface Reading {
  readonly deeds: Deeds;
  readonly forwarded: Forwarded;
  readonly asked: Map<string, Asked>;
}

class Scan implements Detector<Reading> {
  readonly #paths: Peaks;
  readonly #ports: Peaks;

  constructor(kept: Json | undefined) {
    [this.#paths, this.#ports] = readable(
      kept,
      (json) => {
        const { paths, ports } = fields(json);
        return [Peaks.fromJSON(paths), Peaks.fromJSON(ports)] as const;
      },
      () => [new Peaks(), new Peaks()] as const,
    );
  }

  read(): Reading {
    return { deeds: new Deeds(), forwarded: new Forwarded(), asked: new Map() };
  }

  observe({ deeds, forwarded, asked: callers }: Reading, seen: SeenCall): void {
    const { call, operation, target } = seen;
    if (!HTTP.has(call.protocol)) return;
    const denied = call.status !== undefined && DENIED.has(call.status);
    const subject = askerOf(call);
    const caller = askerName(subject);
    let counted = callers.get(caller);
    if (!counted) {
      if (!denied || callers.size >= 5_000) return;
      counted = { calls: 0, denied: new Map() };
      callers.set(caller, counted);
    }
    counted.calls++;
    if (!denied) return;
    const asked = target.segments.join('/');
    const path = `${target.workload} ${asked}`;
    if (counted.denied.has(path) || counted.denied.size >= MAX_PATHS) return;
    if (forwarded.passes(asked, subject.workload, target.workload)) return;
    counted.denied.set(path, operation);
    deeds.add(seen, subject, `answered ${call.status}`, () =>
      callsFrom(call, 'status_code >= 400 && status_code < 500'),
    );
  }

  judge(situation: Situation<Reading>): Signal[] {
    const { view, normal, reader } = situation;
    if (isEarly(view.slot, normal.since)) return [];
    const found = reader.deeds.entries().flatMap(([, deed]): Signal[] => {
      const caller = askerName(deed.subject);
      const paths = this.#unknown(situation, caller);
      const most = this.#paths.most(caller, view.slot.start);
      const asked = reader.asked.get(caller);
      if (!asked || paths < LEAST_PATHS || paths <= TIMES_MOST * most) return [];
      if (asked.denied.size * 2 < Math.min(asked.calls, MAX_PATHS)) return [];
      return [pathScan(deed, paths, most, asked.calls, normal.words)];
    });
    return [...found, ...portScans(view, this.#ports, normal.words)];
  }

  learn(situation: Situation<Reading>): void {
    const { view, normal, reader } = situation;
    const { start } = view.slot;
    const early = isEarly(view.slot, normal.since);
    for (const caller of [...reader.asked.keys()].sort(byCodeUnit)) {
      this.#paths.add(caller, this.#unknown(situation, caller), start, early);
    }
    for (const [client, { size }] of serverPorts(view.flows))
      this.#ports.add(client, size, start, early);
    this.#paths.forget(start);
    this.#ports.forget(start);
  }

  remembers(): Json {
    return { paths: this.#paths.toJSON(), ports: this.#ports.toJSON() };
  }

  /** Different paths that were denied, of operations that were not learned before today. */
  #unknown({ reader, normal, view }: Situation<Reading>, caller: string): number {
    let unknown = 0;
    for (const operation of reader.asked.get(caller)?.denied.values() ?? []) {
      const known = normal.operation(operation);
      if (!known || view.slot.start - known.first < DAY_MS) unknown++;
    }
    return unknown;
  }
}

function pathScan(
  { subject, since, evidence, kfl }: Deed,
  paths: number,
  most: number,
  calls: number,
  words: string,
): Signal {
  return {
    rule: SCAN.id,
    subject,
    summary: `${askerName(subject)} asks for ${paths} different paths that are not there or not for it, in ${calls} calls; at most ${most} in an interval before.`,
    since,
    value: paths,
    expected: most,
    unit: 'paths',
    chance: 0,
    events: paths,
    evidence,
    kfl,
    checked: `All ${calls} HTTP calls of the caller, against its own last two weeks (learned: ${words}).`,
  };
}

export const scan: DetectorKind = {
  name: SCAN.id,
  rules: [SCAN],
  create: (kept) => new Scan(kept) as Detector,
};
