import { iso } from '../../support/quantity.ts';
import type { Change } from '../change.ts';
import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Suspect, Suspicion } from '../suspect.ts';
import { abstentionOf } from './abstention.ts';
import { describe } from './describe.ts';
import { evidenceOf } from './evidence.ts';
import { type FallenSilent, fallenSilent } from './fallen-silent.ts';
import { loadOf } from './load.ts';
import { rankOf } from './rank.ts';
import { ruleOut } from './rule-out.ts';

const MOST = 20;
const MOST_SILENT = 3;
/** Share of all harm below which nobody is suspected beside a heavier one. */
const LITTLE = 0.03;

/**
 * The workloads that may be the origin, ranked by how much of what is waited for and fails or got
 * slower they explain, beyond noise, or why none is named. Time is compared by the mean of own time
 * (what is handled less what is called) with its upper twentieth drawn in; noise is what differs
 * between slots of time on either side; failing calls are followed to the deepest one below.
 */
export function suspectsOf(
  given: IncidentCase,
  changes: readonly Change[],
  failures: readonly Failure[],
): Suspicion {
  const evidence = evidenceOf(given, changes);
  const ranked = rankOf(evidence, changes);
  const abstention = abstentionOf(given, evidence, ranked);
  const isHint = (ranked[0]?.sure ?? 0) <= 0;
  const suspects: Suspect[] = ranked
    .filter(({ score, explains }, i) => score > 0 && (i < 1 || isHint || explains >= LITTLE))
    .map((one) => describe(one, { given, evidence, ranked, changes, failures }));
  const named = new Set(suspects.map(({ workload }) => workload));
  const ruledOut = ruleOut({ given, evidence, ranked, named });
  const abstains = abstention.why.length > 0;
  const silent = abstains && abstention.candidates !== true ? fallenSilent(given) : [];
  if (silent.length > 0 && loadOf(evidence) === undefined) return silence(silent, given);
  return {
    suspects: [...(abstains ? doubted(suspects) : suspects), ...ruledOut].slice(0, MOST),
    ...(abstains && { abstained: abstention.why, candidates: abstention.candidates === true }),
    ...(abstention.network && { network: abstention.network }),
    next: abstention.next,
  };
}

/** Nobody waits longer or in vain, but some do no more what they did all the time. */
function silence(silent: readonly FallenSilent[], { names }: IncidentCase): Suspicion {
  const told = silent.slice(0, MOST_SILENT);
  const sentence = ({ workload, as, since, usual }: FallenSilent) =>
    `${names.workloads[workload]} ${as === 'caller' ? 'has made no calls' : 'has had no calls'} since ${iso(since)}, ${usual.toPrecision(2)} a second before.`;
  return {
    suspects: told.map((one, i) => ({
      workload: one.workload,
      kind: 'unreachable',
      score: 0.5 / (told.length + i),
      explains: 0,
      since: { at: one.since, from: one.since, to: one.since },
      reasons: [sentence(one)],
      rows: one.rows,
    })),
    abstained: [
      `Nothing that is waited for fails or takes longer, but something has fallen silent: ${told.map(sentence).join(' ')}`,
    ],
    candidates: true,
    next: [
      'Look at whether it still runs, and at what waits for it: queues, and stores that answer in its place.',
    ],
  };
}

/** Where nobody is named, 'none of them' is at least as likely as the first. */
function doubted(suspects: readonly Suspect[]): Suspect[] {
  const scale = 0.5 / Math.max(0.5, suspects[0]?.score ?? 0);
  return suspects.map((suspect) => ({ ...suspect, score: suspect.score * scale }));
}
