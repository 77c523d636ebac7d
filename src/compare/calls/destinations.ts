import { workloadOf } from '../../calls/operation.ts';
import type { Family } from '../../calls/target.ts';
import type { Finding } from '../finding.ts';
import { REPEATED, undecided } from '../schema/share.ts';
import type { SideName, Sides } from '../sides.ts';
import { differenceInterval, type Rate } from '../stats/call-rate.ts';
import { isHost, oneOfMany, PERHAPS_ONE_OF_MANY } from './alike-hosts.ts';
import { type Background, backgroundOf } from './background.ts';
import { childRate } from './child-rate.ts';
import { callEvidence } from './evidence.ts';
import { isNameOf, lookupOf } from './lookup.ts';
import type { OutcomePair } from './pair.ts';

/** A destination never seen before is a finding at so many calls; no test of significance would see it. */
const NEW_CALLS = 5;
/** …unless the baseline was so short that it may well have missed it; inside the cluster, calls that
 * are seldom made are more common than new friends. */
const CHANCE_OUTSIDE = 0.05;
const CHANCE_INSIDE = 0.0005;
/** Protocols of which many messages are one session, which a few users have open. */
const SESSIONS: ReadonlySet<string> = new Set(['ws', 'websocket']);

/** Whom each workload called, over all its operations and its background work. */
export class Destinations {
  readonly #callees = new Map<string, Set<string>>();
  readonly #targets = new Map<string, Set<string>>();

  add(caller: string, callee: string, target: string): void {
    put(this.#callees, caller, callee);
    put(this.#targets, caller, target);
  }

  hasCallee(caller: string, callee: string): boolean {
    return this.#callees.get(caller)?.has(callee) === true;
  }

  targetsOf(caller: string): ReadonlySet<string> {
    return this.#targets.get(caller) ?? new Set();
  }

  /** Whether it is a question for the address of whom the caller called: when it is asked, caches decide. */
  isLookup(caller: string, family: Family, target: string): boolean {
    const name = family.protocol === 'dns' ? lookupOf(target)?.name : undefined;
    if (name === undefined) return false;
    return [...(this.#callees.get(caller) ?? [])].some((callee) => isNameOf(name, callee));
  }

  hasTarget(caller: string, target: string): boolean {
    return this.targetsOf(caller).has(target);
  }
}

export function destinationsOf(
  side: SideName,
  pairs: readonly OutcomePair[],
  background: Sides<Background>,
): Destinations {
  const known = new Destinations();
  for (const pair of pairs) {
    for (const child of pair[side].children.values()) {
      known.add(workloadOf(pair.operation), child.family.workload, child.name);
    }
  }
  for (const [caller, callees] of background[side]) {
    for (const [target, { family }] of callees) known.add(caller, family.workload, target);
  }
  return known;
}

/** Handled calls whose workload calls another for the first time. `known`, `now`: whom both sides call. */
export function newDestinations(
  pairs: readonly OutcomePair[],
  known: Destinations,
  now: Destinations,
): Finding[] {
  return pairs.flatMap((pair) => {
    const caller = workloadOf(pair.operation);
    return [...pair.cand.children.values()].flatMap((child): Finding[] => {
      const callee = child.family.workload;
      const { calls, outside, examples } = child.stats;
      if (calls < NEW_CALLS || callee === caller || known.hasCallee(caller, callee)) return [];
      if (known.isLookup(caller, child.family, child.name)) return [];
      const before = childRate(undefined, pair.base.handled);
      const after = childRate(child, pair.cand.handled);
      const most = outside > 0 ? CHANCE_OUTSIDE : CHANCE_INSIDE;
      if (unseenByChance(before.handled, after) > most) return [];
      const things = before.handled * (pair.subjects?.even.base ?? 1);
      const repeated = unseenByChance(things, after) > most;
      const where = whatIs(callee, outside);
      // A few calls before are no proof that it was never called.
      const many = oneOfMany(callee, child.name, known.targetsOf(caller), now.targetsOf(caller));
      const isDoubtful = before.handled < NEW_CALLS || many !== 'no' || repeated;
      return [
        {
          rule: 'call.new-destination',
          category: 'extra-call',
          severity: isDoubtful ? 'warning' : 'breaking',
          operation: pair.operation,
          path: child.name,
          summary: `Calls ${callee}, ${where} that ${caller} never called before: ${calls} calls in ${after.handled} handled calls, none in ${before.handled} before.${repeated ? ` ${REPEATED}` : ''}`,
          baseline: 0,
          candidate: Number(after.mean.toPrecision(4)),
          effect: Number(after.mean.toPrecision(4)),
          interval: differenceInterval(before, after),
          samples: { baseline: before.handled, candidate: after.handled },
          evidence: callEvidence(examples.ids, 'candidate', 'the new call'),
          ...(repeated && undecided('undecided')),
          ...(many === 'perhaps' && { undecided: PERHAPS_ONE_OF_MANY }),
        },
      ];
    });
  });
}

/** Background work that calls a workload for the first time. */
export function newBackgroundDestinations(
  cand: Background,
  known: Destinations,
  now: Destinations,
  callersSeen: ReadonlySet<string>,
  formerOf: (caller: string, target: string) => string | undefined = () => undefined,
): Finding[] {
  const findings: Finding[] = [];
  for (const [caller, callees] of cand) {
    if (!callersSeen.has(caller)) continue;
    for (const [target, { family, stats }] of callees) {
      if (stats.calls < NEW_CALLS || family.workload === caller) continue;
      if (known.hasCallee(caller, family.workload)) continue;
      const where = whatIs(family.workload, stats.outside);
      if (known.isLookup(caller, family, target)) continue;
      const former = formerOf(caller, target);
      const asked = [known.targetsOf(caller), now.targetsOf(caller)] as const;
      const many = oneOfMany(family.workload, target, ...asked);
      const isSession = SESSIONS.has(family.protocol) && stats.outside === 0;
      const isDoubtful = former !== undefined || many !== 'no' || isSession;
      findings.push({
        rule: 'call.new-destination',
        category: 'extra-call',
        severity: isDoubtful ? 'warning' : 'breaking',
        operation: backgroundOf(caller),
        path: target,
        summary: `Calls ${family.workload}, ${where} that ${caller} never called before: ${stats.calls} calls that no handled call is known to have caused.`,
        baseline: 0,
        candidate: stats.calls,
        effect: stats.calls,
        interval: null,
        samples: { baseline: 0, candidate: stats.calls },
        evidence: callEvidence(stats.examples.ids, 'candidate', 'the new call'),
        ...(many === 'perhaps' && { undecided: PERHAPS_ONE_OF_MANY }),
        ...(isSession && {
          undecided:
            'they are messages of sessions, of which there may have been one: a longer baseline would tell whether there are any',
        }),
        ...(former !== undefined && {
          undecided: `it is asked the same as ${former}, which is asked no more: it may be another name of that host, which a rule under identity tells`,
        }),
      });
    }
  }
  return findings;
}

/** The host that a caller asked the same of, and of which it asks nothing any more. */
export function formerHosts({
  base,
  cand,
}: Sides<Background>): (caller: string, target: string) => string | undefined {
  const askedOf = (side: Background) =>
    [...side].flatMap(([caller, callees]) =>
      [...callees].map(
        ([
          target,
          {
            family: { workload: host },
          },
        ]) => ({
          key: keyOf(caller, host, target),
          host,
          asks: `${caller} ${host}`,
        }),
      ),
    );
  const still = new Set(askedOf(cand).map(({ asks }) => asks));
  const gone = askedOf(base).filter(({ asks }) => !still.has(asks));
  const byAsked = new Map(gone.map(({ key, host }) => [key, host]));
  return (caller, target) => byAsked.get(keyOf(caller, workloadOf(target), target));
}

function keyOf(caller: string, host: string, target: string): string {
  return `${caller} ${target.slice(host.length)}`;
}

function whatIs(callee: string, outside: number): string {
  if (outside > 0) return 'a host outside the cluster';
  return isHost(callee) ? 'a host' : 'a workload';
}

/** How likely `before` handled calls would show none, were the rate the candidate's. */
function unseenByChance(before: number, after: Rate): number {
  return (1 - after.present / after.handled) ** before;
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
