import { workloadOf } from '../../calls/operation.ts';
import { type Doubt, doubted } from '../doubt.ts';
import type { Finding } from '../finding.ts';
import { ofFew } from '../schema/weight.ts';
import type { Sides } from '../sides.ts';
import { differenceInterval } from '../stats/call-rate.ts';
import { rounded } from '../words.ts';
import { isHost, oneOfMany } from './alike-hosts.ts';
import { type Background, backgroundOf, type OwnCalls } from './background.ts';
import { childRate } from './child-view.ts';
import type { Destinations } from './destinations.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';
import { casesAbout, unseenByChance } from './unseen.ts';

/** A destination never seen before is a finding at so many calls; no test of significance would see it. */
const NEW_CALLS = 5;
/** …unless the baseline was so short that it may well have missed it; inside the cluster, calls that
 * are seldom made are more common than new friends. */
const CHANCE_OUTSIDE = 0.05;
const CHANCE_INSIDE = 0.0005;
/** Protocols of which many messages are one session, which a few users have open. */
const SESSIONS: ReadonlySet<string> = new Set(['ws', 'websocket']);
const ONE_SESSION: Doubt = {
  undecided:
    'they are messages of sessions, of which there may have been one: a longer baseline would tell whether there are any',
};

/** Handled calls whose workload calls another for the first time. */
export function newDestinations(
  pairs: readonly OutcomePair[],
  called: Sides<Destinations>,
): Finding[] {
  return pairs.flatMap((pair) => {
    const { operation, base, cand } = pair;
    const caller = workloadOf(operation);
    return [...cand.children.values()].flatMap((child): Finding[] => {
      if (!isNew(caller, child.name, child, called.base)) return [];
      const before = childRate(undefined, base.handled);
      const after = childRate(child, cand.handled);
      const most = child.stats.outside > 0 ? CHANCE_OUTSIDE : CHANCE_INSIDE;
      const share = after.present / after.handled;
      if (unseenByChance({ count: before.handled, share }) > most) return [];
      const about = casesAbout(pair, child, share);
      const mean = rounded(after.mean);
      const finding = newDestination(caller, child, {
        operation,
        path: child.name,
        told: `${child.stats.calls} calls in ${after.handled} handled calls, none in ${before.handled} before`,
        candidate: mean,
        interval: differenceInterval(before, after),
        samples: { baseline: before.handled, candidate: after.handled },
      });
      return [
        doubted(
          finding,
          oneOfMany(caller, child.name, called.base, called.cand),
          about && unseenByChance(about) > most && ofFew('undecided'),
          // A few calls before are no proof that it was never called.
          before.handled < NEW_CALLS && {},
        ),
      ];
    });
  });
}

/**
 * Background work, of callers whose calls were seen before, that calls a workload for the first time.
 * `formerOf`: a host that is asked the same and no more.
 */
export function newBackgroundDestinations(
  background: Background,
  called: Sides<Destinations>,
  callersSeen: ReadonlySet<string>,
  formerOf: (caller: string, target: string) => string | undefined,
): Finding[] {
  return [...background].flatMap(([caller, callees]) =>
    [...callees].flatMap(([target, own]): Finding[] => {
      if (!callersSeen.has(caller) || !isNew(caller, target, own, called.base)) return [];
      const { calls, outside } = own.stats;
      const finding = newDestination(caller, own, {
        operation: backgroundOf(caller),
        path: target,
        told: `${calls} calls that no handled call is known to have caused`,
        candidate: calls,
        interval: null,
        samples: { baseline: 0, candidate: calls },
      });
      return [
        doubted(
          finding,
          anotherName(formerOf(caller, target)),
          SESSIONS.has(own.family.protocol) && outside === 0 && ONE_SESSION,
          oneOfMany(caller, target, called.base, called.cand),
        ),
      ];
    }),
  );
}

function anotherName(former: string | undefined): Doubt | undefined {
  return former === undefined
    ? undefined
    : {
        undecided: `it is asked the same as ${former}, which is asked no more: it may be another name of that host, which a rule under identity tells`,
      };
}

/** What is new of it is the workload that is called. */
function isNew(caller: string, target: string, { family, stats }: OwnCalls, known: Destinations) {
  return (
    stats.calls >= NEW_CALLS &&
    family.workload !== caller &&
    !known.hasCallee(caller, family.workload) &&
    !known.isLookupOfCallee(caller, family, target)
  );
}

interface Seen extends Pick<Finding, 'operation' | 'interval' | 'samples'> {
  readonly path: string;
  readonly told: string;
  readonly candidate: number;
}

function newDestination(
  caller: string,
  { family: { workload }, stats }: OwnCalls,
  { operation, path, told, candidate, interval, samples }: Seen,
): Finding {
  return {
    rule: 'call.new-destination',
    category: 'extra-call',
    severity: 'breaking',
    operation,
    path,
    summary: `Calls ${workload}, ${whatIs(workload, stats.outside)} that ${caller} never called before: ${told}.`,
    baseline: 0,
    candidate,
    effect: candidate,
    interval,
    samples,
    evidence: callEvidence(stats.examples.ids, 'candidate', 'the new call'),
  };
}

function whatIs(callee: string, outside: number): string {
  if (outside > 0) return 'a host outside the cluster';
  return isHost(callee) ? 'a host' : 'a workload';
}
