import { fields } from '../../../profile/schema/json-read.ts';
import type { Json } from '../../../support/json.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS } from '../../slot.ts';
import { callsFrom } from '../calls-filter.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly } from '../sightings.ts';
import { askerName, askerOf, isProxied, proxyOf } from './asker.ts';
import { Forwarded } from './forwarded.ts';
import { Peaks } from './peaks.ts';
import { portScans, serverPorts } from './port-scan.ts';

export const SCAN: AlertRule = {
  id: 'security.scan',
  category: 'security',
  severity: 'warning',
  title: 'A caller looks for what is there',
  meaning:
    'One caller, or one address outside of the cluster, asks for many paths that are not there or not for it, or opens connections to many hosts or ports. The workload is who is asked (who asks, where it asks many), the caller who asks, the detail its address where it has no name.',
  method:
    'Different paths (values left out) answered with 401, 403, 404, 405 or 410, of operations that were never learned: at least 20 from one caller in an interval (what only scanners ask for, such as /.env and /wp-login.php, counts five times), in at least half of its calls, and three times the most that any caller of its kind had in an interval of the last two weeks. Ports and hosts: pairs of server and port among the L4 flows of one workload, at least 40, by the same comparison. What a workload passes on is not its own; behind a proxy without a name, the caller is the last public address in X-Forwarded-For.',
  within: 'In the interval in which the twentieth path is asked for.',
  confirm: 1,
  clear: 3,
  remedy:
    'Block the address, or find out what runs in the workload. A scanner of your own is known once it has run: its most is remembered for two weeks.',
  symptom: false,
};
const DENIED = new Set(['401', '403', '404', '405', '410']);
const LEAST_PATHS = 20;
/** Leftovers and consoles that only scanners ask for, each like so many other paths. */
const PROBE =
  /(?:^|\/)(?:\.(?:env|git|svn|hg|aws|ssh|ds_store|htaccess|htpasswd|vscode|docker)\b|wp-(?:login|admin|content|includes|config)|xmlrpc\.php|phpmyadmin|pma(?:\/|$)|adminer|server-status|cgi-bin|vendor\/phpunit|solr\/admin|jmx-console|web-inf|boaform|hnap1|actuator\/(?:env|heapdump|gateway)|\w{1,40}\.(?:php|asp|aspx|jsp|cgi|bak|sql)(?:$|\/))/i;
const PROBE_WEIGHT = 5;
const MAX_PATHS = 5_000;
const TIMES_MOST = 3;
const HTTP = new Set('http https http2'.split(' '));

interface Asked {
  /** Whether it calls for others, each of which is counted too. */
  readonly isProxy: boolean;
  calls: number;
  denied: number;
  /** Different paths that were denied: of which server, and the operation in plain form. */
  readonly paths: Map<string, Denied>;
}

interface Denied {
  readonly target: string;
  readonly operation: string;
  readonly weight: number;
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

  observe(reading: Reading, seen: SeenCall): void {
    if (!HTTP.has(seen.call.protocol)) return;
    this.#count(reading, seen, askerOf(seen.call), false);
    const proxy = proxyOf(seen.call);
    if (proxy) this.#count(reading, seen, proxy, true);
  }

  #count(
    { deeds, forwarded, asked: callers }: Reading,
    seen: SeenCall,
    subject: ReturnType<typeof askerOf>,
    isProxy: boolean,
  ): void {
    const { call, operation, target } = seen;
    const denied = call.status !== undefined && DENIED.has(call.status);
    const caller = askerName(subject);
    let counted = callers.get(caller);
    if (!counted) {
      if (!denied || callers.size >= 5_000) return;
      counted = { isProxy, calls: 0, denied: 0, paths: new Map() };
      callers.set(caller, counted);
    }
    counted.calls++;
    if (!denied) return;
    counted.denied++;
    const asked = target.segments.join('/');
    const path = `${target.workload} ${asked}`;
    if (counted.paths.has(path) || counted.paths.size >= MAX_PATHS) return;
    if (forwarded.passes(asked, subject.workload, target.workload)) return;
    const weight = PROBE.test(asked) ? PROBE_WEIGHT : 1;
    counted.paths.set(path, { target: target.workload, operation, weight });
    deeds.add(seen, subject, `answered ${call.status}`, () =>
      callsFrom(call, 'status_code >= 400 && status_code < 500'),
    );
  }

  judge(situation: Situation<Reading>): Signal[] {
    const { view, normal, reader } = situation;
    if (isEarly(view.slot, normal.since)) return [];
    const found = (ofProxies: boolean) =>
      reader.deeds.entries().flatMap(([, deed]): Signal[] => {
        const asked = reader.asked.get(askerName(deed.subject));
        if (asked?.isProxy !== ofProxies || asked.denied * 2 < asked.calls) return [];
        const unknown = this.#unknown(situation, asked);
        const weight = weightOf(unknown);
        const most = this.#paths.most(kindOf(deed.subject, asked), view.slot.start);
        if (weight < LEAST_PATHS || weight <= TIMES_MOST * most) return [];
        return [pathScan(deed, unknown, most, asked.calls, normal.words)];
      });
    const own = found(false);
    // A proxy is told where no client of one is: the addresses that it names may be made up.
    const told = own.some(({ subject }) => isProxied(subject)) ? own : [...own, ...found(true)];
    return [...told, ...portScans(view, this.#ports, normal.words)];
  }

  learn(situation: Situation<Reading>): void {
    const { view, normal, reader } = situation;
    const { start } = view.slot;
    const early = isEarly(view.slot, normal.since);
    for (const [, { subject }] of reader.deeds.entries()) {
      const asked = reader.asked.get(askerName(subject));
      const weight = asked ? weightOf(this.#unknown(situation, asked)) : 0;
      if (asked) this.#paths.add(kindOf(subject, asked), weight, start, early);
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
  #unknown({ normal, view }: Situation<Reading>, { paths }: Asked): Denied[] {
    return [...paths.values()].filter(({ operation }) => {
      const known = normal.operation(operation);
      return !known || view.slot.start - known.first < DAY_MS;
    });
  }
}

/** Whose peaks compare: proxies bring what many ask for. */
function kindOf({ workload }: Deed['subject'], { isProxy }: Asked): string {
  return isProxy ? `${workload}, a proxy` : workload;
}

function weightOf(paths: readonly Denied[]): number {
  return paths.reduce((sum, { weight }) => sum + weight, 0);
}

/** The server that most of the paths were asked of; undefined where there is none. */
function targetOf(paths: readonly Denied[]): string | undefined {
  const by = Map.groupBy(paths, ({ target }) => target);
  return [...by].find(([, same]) => same.length * 2 > paths.length)?.[0];
}

function pathScan(
  { subject: asker, since, evidence, kfl }: Deed,
  unknown: readonly Denied[],
  most: number,
  calls: number,
  words: string,
): Signal {
  const target = targetOf(unknown);
  const { workload, detail } = asker;
  const paths = unknown.length;
  return {
    rule: SCAN.id,
    subject: target === undefined ? asker : { ...asker, workload: target, caller: workload },
    summary: `${askerName({ workload, ...(detail !== undefined && { detail }) })} asks ${target ?? 'many servers'} for ${paths} different paths that are not there or not for it, in ${calls} calls.`,
    since,
    value: weightOf(unknown),
    expected: most,
    unit: 'paths',
    chance: 0,
    events: calls,
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
