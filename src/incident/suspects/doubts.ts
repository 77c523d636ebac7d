import { USUAL_THRESHOLDS } from '../../compare/thresholds.ts';
import { ms, percent, times } from '../../compare/words.ts';
import { sum } from '../../support/numbers.ts';
import type { Names } from '../traffic.ts';
import { alike } from './alike.ts';
import type { Evidence } from './evidence.ts';
import type { Ranked } from './rank.ts';
import { type SlowWay, slowWay, slowWayWords } from './slow-way.ts';

/** Standard errors: a chance of 1 % shared among some forty workloads, by few slots of time. */
export const SURE = 4;
/** Share of all harm that the first suspect must explain. */
const EXPLAINS = 0.3;
/** The first suspect's score below which nobody is named, where so much is left to 'none of them'. */
const EVEN = 0.5;
const LEFT = 0.2;
/** Share of the added time that must lie in calls that are slower by what counts as slower. */
const MOSTLY_MS = 0.5;

interface Slowed {
  readonly first: Ranked;
  readonly ranked: readonly Ranked[];
  readonly evidence: Evidence;
  readonly names: Names;
}

/** Why a workload that others wait for longer is not named. */
export interface Doubt {
  readonly why: string;
  /** Something did change, and who may be at fault is only not sure, or little, enough. */
  readonly candidates?: true;
  /** It is the network's, and no workload's. */
  readonly network?: SlowWay;
}

/** The first that holds is told. */
const DOUBTS: readonly ((slowed: Slowed) => Doubt | undefined)[] = [
  isNoise,
  isHardlyFelt,
  isLittle,
  isOfTheNetwork,
  isEverywhere,
  isOneOfSeveral,
  explainsLittle,
];

/** What speaks against naming the first suspect for time alone, if anything does. */
export function doubtOf(slowed: Slowed): Doubt | undefined {
  for (const doubt of DOUBTS) {
    const found = doubt(slowed);
    if (found) return found;
  }
  return undefined;
}

function isNoise({ first: { slowing, error, sure } }: Slowed): Doubt | undefined {
  if (slowing >= SURE * error) return undefined;
  return sure > 0
    ? {
        why: 'What changed is hardly beyond what differs between parts of the same traffic: it may be chance.',
        candidates: true,
      }
    : { why: 'Nothing changed beyond what differs between parts of the same traffic.' };
}

function isHardlyFelt({ first, evidence }: Slowed): Doubt | undefined {
  if (first.felt.operation >= 0) return undefined;
  const { most } = stepsOf(first.workload, evidence);
  return {
    why: `What changed shows in too few calls to be an incident: ${ms(most)} a call at most, in what is hardly ever waited for.`,
    candidates: true,
  };
}

function isLittle({ first, evidence }: Slowed): Doubt | undefined {
  const { latencyIncrease, latencyRatio } = USUAL_THRESHOLDS;
  const { most, visible } = stepsOf(first.workload, evidence);
  if (visible < MOSTLY_MS) {
    return {
      why: `What changed is too little to be an incident: most of the added time lies where calls take less than ${ms(latencyIncrease)} longer, and nowhere is it more than ${ms(most)} a call.`,
      candidates: true,
    };
  }
  if (first.felt.share >= latencyRatio - 1) return undefined;
  return {
    why: `What changed is too little to be an incident: at most ${ms(most)} a call, and ${percent(first.felt.share)} of what is waited for.`,
    candidates: true,
  };
}

function isOfTheNetwork({ evidence, names }: Slowed): Doubt | undefined {
  const network = slowWay(evidence.good, evidence.bad, evidence.troubled, names);
  return network && { why: slowWayWords(network), network };
}

function isEverywhere({ first, evidence }: Slowed): Doubt | undefined {
  const factor = alike(evidence, first.workload);
  if (factor === undefined) return undefined;
  return {
    why: `Everything takes longer alike, ${times(factor)} as long: no workload stands out; what they share (nodes, network, clocks) is at fault, if anything is.`,
  };
}

function isOneOfSeveral({ first, ranked }: Slowed): Doubt | undefined {
  const none = 1 - sum(ranked, ({ score }) => score);
  if (first.score >= EVEN || none <= LEFT) return undefined;
  return {
    why: 'Several got slower at once and none stands out enough: what they share (nodes, network, clocks) may be at fault.',
    candidates: true,
  };
}

function explainsLittle({ first: { explains } }: Slowed): Doubt | undefined {
  if (explains >= EXPLAINS) return undefined;
  return {
    why: `What stands out most explains no more than ${percent(explains)} of what took longer.`,
    candidates: true,
  };
}

/** By how many ms a call of the workload's changed at most, and the share of its added time in changes that are felt. */
function stepsOf(workload: number, { added }: Evidence) {
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
    if (excess >= USUAL_THRESHOLDS.latencyIncrease) large += excess * bad.size;
    most = Math.max(most, excess);
  }
  return { most, visible: all === 0 ? 0 : large / all };
}
