import { NO_RESPONSE } from '../../profile/operation-stats.ts';
import type { FamilyResult } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { type ErrorTest, errorTests } from './error-test.ts';
import { errorFinding } from './finding.ts';
import { NEW_STATUS_CALLS } from './index.ts';

/** So many calls, and such a share of the operation's, keep a verdict from PASS. */
const UNDECIDED_CALLS = 8;
const UNDECIDED_SHARE = 0.5;

/**
 * Server errors of operations that the baseline has not. Nobody knows whether these always failed so:
 * nothing is tested, and none breaks.
 */
export function compareUnknown(pairs: readonly OperationPair[]): FamilyResult {
  const findings = pairs
    .filter(({ base }) => base.count === 0)
    .flatMap(errorTests)
    .filter(({ kind, status }) => kind === 'server' && status !== NO_RESPONSE)
    .filter(({ cand }) => cand >= NEW_STATUS_CALLS)
    .map(toldOf);
  return { findings, notChecked: [] };
}

function toldOf(test: ErrorTest): Finding {
  const finding = errorFinding(test, 'error.new-status', 'warning');
  if (test.cand < UNDECIDED_CALLS || test.cand < UNDECIDED_SHARE * test.pair.cand.count)
    return finding;
  return { ...finding, undecided: 'nothing tells a new error from one that was always there' };
}
