import { times } from '../../compare/words.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Names } from '../traffic.ts';
import { type Doubt, doubtOf, SURE } from './doubts.ts';
import type { Evidence } from './evidence.ts';
import { loadOf } from './load.ts';
import type { Ranked } from './rank.ts';

/** Calls that a side needs before anything is said. */
const FEW = 20;
/** Failing requests beyond what is usual, from which on they are an incident. */
const FAILING = 3;

interface Abstention extends Pick<Doubt, 'network'> {
  /** Why no origin is named; empty where one is. */
  readonly why: string[];
  /** Whether something did change; absent where nothing is in doubt. */
  readonly candidates?: boolean;
  readonly next: string[];
}

/** Whether the first suspect is good enough to be named. */
export function abstentionOf(
  given: IncidentCase,
  evidence: Evidence,
  ranked: readonly Ranked[],
): Abstention {
  const [first] = ranked;
  const without = tooFewCalls(given) ?? onlyLoad(evidence, first);
  if (without) return without;
  if (!first) {
    return { why: ['Nothing that was waited for could be compared.'], ...unsure(given) };
  }
  const fails = evidence.blame.failed >= FAILING && first.failing > 0;
  const doubt = fails ? undefined : doubtOf({ first, ranked, evidence, names: given.names });
  if (!doubt) return { why: [], next: askOutside(first, given.names) };
  const { why, ...told } = doubt;
  return { why: [why], ...unsure(given), ...told };
}

function tooFewCalls({ good, bad }: IncidentCase): Abstention | undefined {
  if (good.size >= FEW && bad.size >= FEW) return undefined;
  return {
    why: [
      `There are too few calls to tell: ${good.size} in known-good traffic, ${bad.size} in the incident.`,
    ],
    next: ['Capture a longer window of both, or more namespaces.'],
  };
}

/** Where more requests explain what is slow, and what fails. */
function onlyLoad(evidence: Evidence, first: Ranked | undefined): Abstention | undefined {
  const load = loadOf(evidence);
  if (!load || !spreads(evidence)) return undefined;
  return {
    why: [
      `load: ${times(load.ratio)} as many requests come in as in known-good traffic (${load.after.toPrecision(3)} a second against ${load.before.toPrecision(3)}), and ${suffers(first, evidence) ? 'what takes longer began with that; no workload is at fault for it' : 'nothing that is waited for fails or takes longer for it'}.`,
    ],
    next: [
      'Look at who sends the requests, and at the replicas and limits of what is slowest.',
      'Give known-good traffic of as high a load to tell a fault from the load.',
    ],
  };
}

function unsure(given: IncidentCase): Pick<Abstention, 'candidates' | 'next'> {
  return {
    candidates: false,
    next: [
      'Capture longer known-good traffic, of the same hours: what differs between its parts is taken for noise.',
      ...missingSight(given),
    ],
  };
}

function askOutside({ workload }: Ranked, { outside, workloads }: Names): string[] {
  return outside.has(workload)
    ? [
        `${workloads[workload]} is outside the cluster: ask who runs it, and look at the connections to it (L4).`,
      ]
    : [];
}

/** Whether anything fails or takes longer beyond noise. */
function suffers(first: Ranked | undefined, { blame }: Evidence): boolean {
  if (blame.failed >= FAILING) return true;
  return first !== undefined && first.slowing >= SURE * first.error;
}

/** Share of the failing requests from which on they begin with one workload. */
const MOSTLY = 0.8;

/** Whether what fails, if anything does, begins here and there. */
function spreads({ blame: { workloads, failed } }: Evidence): boolean {
  if (failed < FAILING) return true;
  return Math.max(0, ...[...workloads.values()].map((one) => one.failed)) < MOSTLY * failed;
}

/** What would let more be seen. */
function missingSight({ bad, names }: IncidentCase): string[] {
  const unlinked = bad.linked.length === 0;
  const calledBy = new Set(bad.caller);
  const leaves = [...new Set(bad.callee)].filter(
    (at) => at >= 0 && !calledBy.has(at) && !names.outside.has(at),
  );
  return [
    ...(unlinked
      ? ['No calls could be linked: capture the callers and the callees together.']
      : []),
    ...(leaves.length > 0
      ? [
          `Nothing is seen of what ${leaves
            .slice(0, 3)
            .map((at) => names.workloads[at])
            .join(', ')} call: capture their namespaces and stores as well, if they have any.`,
        ]
      : []),
  ];
}
