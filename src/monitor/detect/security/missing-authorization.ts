import { quote } from '../../../calls/kfl.ts';
import { binomialTail } from '../../../compare/stats/binomial.ts';
import { fields } from '../../../profile/schema/json-read.ts';
import { type Json, sortedEntries } from '../../../support/json.ts';
import { percentToTenths } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { type Subject, subjectKey } from '../../subject.ts';
import { callsBetween } from '../calls-filter.ts';
import { CountedShares } from '../counted-shares.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly, pauseOf, Sightings } from '../sightings.ts';
import { isProbe } from './probe.ts';

const RULE: AlertRule = {
  id: 'security.missing-authorization',
  category: 'security',
  severity: 'critical',
  title: 'Calls without authorization succeed',
  meaning:
    'A caller reaches an operation without credentials where nearly all calls carry them, and is served: a missing check, or a caller that goes around it. The workload is who serves it, the caller who does it.',
  method:
    'Of the calls that succeed (2xx), which carry Authorization, Cookie, or a key in a header. Where at least 95 % of at least 50 learned calls of an operation do, the calls of one caller are tested against the operation’s and that caller’s own learned share without (one-sided binomial test, at 10⁻⁶, at least 3 calls). Health checks, metrics and CORS preflights don’t count. Such calls are not learned before they went on for 24 hours.',
  within: 'In the interval of the third such call.',
  confirm: 1,
  clear: 6,
  remedy:
    'Check the operation’s access control and what the caller changed. If it is meant to be open, it is taken for known after 24 hours.',
  symptom: false,
};
const CREDENTIALS = [
  'authorization',
  'cookie',
  'x-api-key',
  'x-auth-token',
  'proxy-authorization',
  'x-forwarded-client-cert',
  'x-amz-security-token',
];
const PROTOCOLS = new Set(['http', 'https', 'http2', 'grpc', 'graphql', 'gql']);
const LEAST_LEARNED = 50;
const ALWAYS = 0.95;
const LEAST_CALLS = 3;
const MAX_CHANCE = 1e-6;
/** Calls believed in beside those learned: what few calls never did is not impossible. */
const PRIOR = 20;

interface Reading {
  /** Calls of a caller at an operation that succeeded, without credentials. */
  readonly without: Deeds;
  readonly all: Map<string, { readonly subject: Subject; calls: number; without: number }>;
}

class MissingAuthorization implements Detector<Reading> {
  readonly #shares: CountedShares;
  readonly #told: Sightings;

  constructor(kept: Json | undefined) {
    [this.#shares, this.#told] = readable(
      kept,
      (json) => {
        const { shares, told } = fields(json);
        return [CountedShares.fromJSON(shares), Sightings.fromJSON(told)] as const;
      },
      () => [new CountedShares(), new Sightings()] as const,
    );
  }

  read(): Reading {
    return { without: new Deeds(), all: new Map() };
  }

  observe({ without, all }: Reading, seen: SeenCall): void {
    const { call, operation } = seen;
    if (!PROTOCOLS.has(call.protocol) || !succeeded(call.status)) return;
    const has = CREDENTIALS.some((name) => call.requestHeaders.has(name));
    if (!has && isProbe(call)) return;
    const [caller, workload] = [call.src.workload.name, call.dst.workload.name];
    const key = `${operation}\n${caller}`;
    let counted = all.get(key);
    if (!counted) {
      if (all.size >= 10_000) return;
      counted = { subject: { workload, operation, caller }, calls: 0, without: 0 };
      all.set(key, counted);
    }
    counted.calls++;
    if (has) return;
    counted.without++;
    without.add(seen, counted.subject, 'no credentials, and it succeeded', () =>
      callsBetween(call, `method == ${quote(call.method)}`),
    );
  }

  judge(situation: Situation<Reading>): Signal[] {
    const { view, normal } = situation;
    if (isEarly(view.slot, normal.since)) return [];
    return this.#deviating(situation).flatMap(({ key, deed, calls, expected, chance }) => {
      if (this.#told.lasts(key, view.slot, RULE.clear)) return [];
      const { subject, events, since, evidence, kfl } = deed;
      const signal: Signal = {
        rule: RULE.id,
        subject,
        summary: `${subject.caller} calls ${subject.operation} without credentials in ${events} of ${calls} calls, and succeeds; usually ${percentToTenths(expected)} of the calls lack them.`,
        since,
        value: events / calls,
        expected,
        unit: 'ratio',
        chance,
        events,
        evidence,
        kfl,
        checked: `${calls} calls of this caller that succeeded, against ${this.#shares.get(subject.operation ?? '').all} learned calls of the operation (${normal.words}).`,
      };
      return [signal];
    });
  }

  learn(situation: Situation<Reading>): void {
    const { view, normal, reader } = situation;
    const { start } = view.slot;
    const held = new Set<string>();
    if (!isEarly(view.slot, normal.since)) {
      for (const { key } of this.#deviating(situation)) {
        if (!this.#told.lasts(key, view.slot, RULE.clear)) held.add(key);
        this.#told.see(key, start, pauseOf(view.slot, RULE.clear));
      }
    }
    for (const [key, { subject, calls, without }] of sortedEntries(reader.all)) {
      if (held.has(subjectKey(subject))) continue;
      this.#shares.add(key, without, calls, start);
      this.#shares.add(subject.operation ?? '', without, calls, start);
    }
    this.#shares.forget();
    this.#told.forget(start);
  }

  remembers(): Json {
    return { shares: this.#shares.toJSON(), told: this.#told.toJSON() };
  }

  #deviating({ reader }: Situation<Reading>) {
    const deviating: {
      key: string;
      deed: Deed;
      calls: number;
      expected: number;
      chance: number;
    }[] = [];
    for (const [key, deed] of reader.without.entries()) {
      const { operation = '', caller = '' } = deed.subject;
      const calls = reader.all.get(`${operation}\n${caller}`)?.calls ?? 0;
      const usual = this.#shares.get(operation);
      if (deed.events < LEAST_CALLS || usual.all < LEAST_LEARNED) continue;
      if (usual.some > (1 - ALWAYS) * usual.all) continue;
      const own = this.#shares.get(`${operation}\n${caller}`);
      const ofAll = (usual.some + 1) / (usual.all + PRIOR);
      // A caller that was hardly seen is like the others.
      const ofCaller = (own.some + PRIOR * ofAll) / (own.all + PRIOR);
      const expected = Math.min(Math.max(ofAll, ofCaller), 1 - 1e-9);
      const chance = binomialTail(deed.events, calls, expected);
      if (chance <= MAX_CHANCE) deviating.push({ key, deed, calls, expected, chance });
    }
    return deviating;
  }
}

function succeeded(status: string | undefined): boolean {
  return status !== undefined && (/^2\d\d$/.test(status) || status === '0');
}

export const missingAuthorization: DetectorKind = {
  name: RULE.id,
  rules: [RULE],
  create: (kept) => new MissingAuthorization(kept) as Detector,
};
