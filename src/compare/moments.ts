import { workloadOf } from '../calls/operation.ts';
import { isHost } from './calls/alike-hosts.ts';
import { isBackground } from './calls/background.ts';
import { type Doubt, doubted } from './doubt.ts';
import type { Finding } from './finding.ts';
import type { OperationPair, Pairing } from './pairs.ts';
import { NEW_BURST_SHARE } from './statuses/index.ts';
import { serverErrorStatuses, serverErrors } from './statuses/server-errors.ts';
import { hasPassed, slotsOf, spanOf, stretchesOf } from './stretches.ts';

/** Of so many slots of time a part is short. */
const FEWEST_SLOTS = 8;
const SHORT = 1 / 3;

const MOMENT: Doubt = { words: 'All in a short part of the time, as pods that start or jobs do.' };
const OF_A_HOST: Doubt = {
  undecided:
    'a baseline that holds such a moment too would tell: a longer one, or one over a rollout',
};

/**
 * What is new for a moment of the window only: pods that are replaced refuse a few calls, which are
 * made again; pods that start, and jobs by the clock, call whom nobody calls else. A baseline of some
 * minutes seldom holds such a moment, so it is no sign of a change.
 */
export function weighMoments(
  findings: readonly Finding[],
  { pairs }: Pick<Pairing, 'pairs'>,
): Finding[] {
  const pairOf = new Map(pairs.map((pair) => [pair.operation, pair]));
  const slots = slotsOf(pairs.map(({ cand }) => cand));
  return findings.map((finding) => {
    const callee = finding.path === undefined ? undefined : pairOf.get(finding.path);
    if (!callee || finding.severity !== 'breaking') return finding;
    if (finding.rule === 'call.retries' && failedInBursts(callee)) {
      return doubted(finding, { words: 'They failed in bursts, as where pods are replaced.' });
    }
    if (finding.rule !== 'call.new-destination' || !isBackground(finding.operation)) return finding;
    if (!isShort(callee, workloadOf(finding.operation), slots)) return finding;
    const isOutside = callee.family.workload === 'outside' || isHost(callee.family.workload);
    return doubted(finding, MOMENT, isOutside && OF_A_HOST);
  });
}

function failedInBursts(callee: OperationPair): boolean {
  const { cand, family } = callee;
  const failures = serverErrorStatuses(cand, family.protocol);
  return (
    serverErrors(cand, family.protocol) < NEW_BURST_SHARE * cand.count &&
    hasPassed(stretchesOf(cand, failures))
  );
}

/** Whether all calls to the callee are this caller's, and lie in a short part of the candidate's time. */
function isShort({ cand }: OperationPair, caller: string, slots: readonly number[]): boolean {
  if (slots.length < FEWEST_SLOTS || cand.callers.get(caller) !== cand.count) return false;
  return spanOf(cand, slots) <= SHORT;
}
