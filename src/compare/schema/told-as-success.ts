import type { MessageProfile } from '../../profile/message.ts';
import type { OperationStats } from '../../profile/operation-stats.ts';
import { sumOf } from '../../profile/schema/merge.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import type { CompareOptions } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { bodyErrors, moreErrors } from './body-errors.ts';
import { Reporter } from './report.ts';

const SUCCESS = /^2\d\d$/;

/**
 * Errors told with a status of success that was never answered with: there is no message of before to hold
 * it against, but all that succeeded (`201`, then `200` with an `error`).
 */
export function errorsToldAsSuccess(
  { operation, base, cand }: OperationPair,
  { minSamples, thresholds }: CompareOptions,
): Finding[] {
  const known = statusesOf(base);
  const before = schemaOf(base, known);
  return statusesOf(cand)
    .filter((status) => !known.includes(status))
    .flatMap((status) => {
      // Errors of a status that was there are told as that one's.
      const after = schemaOf(cand, [status]);
      const report = new Reporter(operation, 'response', {
        side: 'response',
        status,
        part: 'json',
      });
      const support = { minSamples, scale: { base: 1, cand: 1 } };
      for (const change of bodyErrors(before, after, support, thresholds)) {
        const shares = {
          base: { some: change.base.some, all: answered(base, known) },
          cand: { some: change.cand.some, all: answered(cand, [...known, status]) },
        };
        const told = moreErrors(shares.base, shares.cand, support, thresholds?.errorIncrease);
        if (told) report.add({ ...change, ...shares, ...told });
      }
      return report.findings();
    });
}

function statusesOf({ statuses }: OperationStats): string[] {
  return statuses.map(([status]) => status).filter((status) => SUCCESS.test(status));
}

/** Of so many answers with these statuses it is known what they say. */
function answered(stats: OperationStats, names: readonly string[]): number {
  return responses(stats, names).reduce((sum, { bodies }) => sum + bodies.known + bodies.absent, 0);
}

function schemaOf(stats: OperationStats, names: readonly string[]): SchemaNode {
  return sumOf(responses(stats, names).flatMap((message) => message.schema('json') ?? []));
}

function responses({ statuses }: OperationStats, names: readonly string[]): MessageProfile[] {
  return statuses.filter(([status]) => names.includes(status)).map(([, { response }]) => response);
}
