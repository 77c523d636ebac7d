import { USUAL_THRESHOLDS } from '../../compare/thresholds.ts';
import { ms, percent, times } from '../../compare/words.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Names } from '../traffic.ts';
import { alike } from './alike.ts';
import type { Evidence } from './evidence.ts';
import { loadOf } from './load.ts';
import type { Ranked } from './rank.ts';
import { type SlowWay, slowWay, slowWayWords } from './slow-way.ts';

/** Calls that a side needs before anything is said. */
const FEW = 20;
/** Standard errors: a chance of 1 % shared among some forty workloads, by few slots of time. */
const SURE = 4;
/** Share of all harm that the first suspect must explain. */
const EXPLAINS = 0.3;
/** Failing requests beyond what is usual, from which on they are an incident. */
const FAILING = 3;

interface Abstention {
  /** Why no origin is named; empty where one is. */
  readonly why: string[];
  /** Whether something did change, and who may be at fault is only not sure, or little, enough. */
  readonly candidates?: boolean;
  /** Where it is the network's, and no workload's. */
  readonly network?: SlowWay;
  readonly next: string[];
}

/** Whether the first suspect is good enough to be named. */
export function abstentionOf(
  given: IncidentCase,
  evidence: Evidence,
  ranked: readonly Ranked[],
): Abstention {
  const { good, bad, names } = given;
  if (good.size < FEW || bad.size < FEW) {
    return {
      why: [
        `There are too few calls to tell: ${good.size} in known-good traffic, ${bad.size} in the incident.`,
      ],
      next: ['Capture a longer window of both, or more namespaces.'],
    };
  }
  const [first] = ranked;
  const load = loadOf(evidence);
  if (load && spreads(evidence)) {
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
  if (first && evidence.blame.failed >= FAILING && first.failing > 0) {
    return { why: [], next: next(first) };
  }
  const { why, candidates, network }: Doubts = first
    ? doubtsOf(ranked, evidence, names)
    : { why: ['Nothing that was waited for could be compared.'], candidates: false };
  if (why.length === 0) return { why, next: first ? next(first) : [] };
  return {
    why,
    candidates,
    ...(network && { network }),
    next: [
      'Capture longer known-good traffic, of the same hours: what differs between its parts is taken for noise.',
      ...missingSight(given),
    ],
  };

  function next(one: Ranked): string[] {
    return names.outside.has(one.workload)
      ? [
          `${names.workloads[one.workload]} is outside the cluster: ask who runs it, and look at the connections to it (L4).`,
        ]
      : [];
  }
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

type Doubts = Required<Pick<Abstention, 'why' | 'candidates'>> & Pick<Abstention, 'network'>;

function doubtsOf(ranked: readonly Ranked[], evidence: Evidence, names: Names): Doubts {
  const [first] = ranked as [Ranked];
  const { latencyIncrease, latencyRatio } = USUAL_THRESHOLDS;
  const { slowing, error, felt, explains, sure } = first;
  if (slowing < SURE * error && sure > 0) {
    const why = [
      'What changed is hardly beyond what differs between parts of the same traffic: it may be chance.',
    ];
    return { why, candidates: true };
  }
  if (slowing < SURE * error) {
    const why = ['Nothing changed beyond what differs between parts of the same traffic.'];
    return { why, candidates: false };
  }
  const { most, visible } = stepsOf(first.workload, evidence, latencyIncrease);
  if (felt.operation < 0) {
    const why = [
      `What changed shows in too few calls to be an incident: ${ms(most)} a call at most, in what is hardly ever waited for.`,
    ];
    return { why, candidates: true };
  }
  if (visible < MOSTLY_MS) {
    const why = [
      `What changed is too little to be an incident: most of the added time lies where calls take less than ${ms(latencyIncrease)} longer, and nowhere is it more than ${ms(most)} a call.`,
    ];
    return { why, candidates: true };
  }
  if (felt.share < latencyRatio - 1) {
    const why = [
      `What changed is too little to be an incident: at most ${ms(most)} a call, and ${percent(felt.share)} of what is waited for.`,
    ];
    return { why, candidates: true };
  }
  const slow = slowWay(evidence.good, evidence.bad, evidence.troubled, names);
  if (slow) {
    return { why: [slowWayWords(slow)], candidates: false, network: slow };
  }
  const factor = alike(evidence, first.workload);
  if (factor !== undefined) {
    const why = [
      `Everything takes longer alike, ${times(factor)} as long: no workload stands out; what they share (nodes, network, clocks) is at fault, if anything is.`,
    ];
    return { why, candidates: false };
  }
  const none = 1 - ranked.reduce((sum, { score }) => sum + score, 0);
  if (first.score < EVEN && none > LEFT) {
    const why = [
      'Several got slower at once and none stands out enough: what they share (nodes, network, clocks) may be at fault.',
    ];
    return { why, candidates: true };
  }
  if (explains < EXPLAINS) {
    const why = [
      `What stands out most explains no more than ${percent(explains)} of what took longer.`,
    ];
    return { why, candidates: true };
  }
  return { why: [], candidates: false };
}

/** The first suspect's score below which nobody is named, where so much is left to 'none of them'. */
const EVEN = 0.5;
const LEFT = 0.2;
/** Share of the added time that must lie in calls that are slower by what counts as slower. */
const MOSTLY_MS = 0.5;

/** By how many ms a call of the workload's changed at most, and the share of its added time in changes of at least `least`. */
function stepsOf(workload: number, { added }: Evidence, least: number) {
  const time = added.get(workload);
  let [all, large, most] = [0, 0, 0];
  for (const { excess, bad } of [
    ...(time?.handled ?? []),
    ...(time?.more ?? []),
    ...(time?.made ?? []),
    ...(time?.called ?? []),
  ]) {
    if (excess <= 0) continue;
    all += excess * bad.size;
    if (excess >= least) large += excess * bad.size;
    most = Math.max(most, excess);
  }
  return { most, visible: all === 0 ? 0 : large / all };
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
