import { judgeWithoutBaseline } from '../verdict/no-baseline.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { reportJudgement } from './report-judgement.ts';

/**
 * Reports that there is nothing to compare with, and exits as `--missing-baseline` says: where it is
 * unsaid, INCONCLUSIVE.
 */
export function reportMissing(why: string, inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const policy = inputs.missingBaseline ?? 'inconclusive';
  const allowInconclusive = inputs.allowInconclusive || policy === 'pass';
  return reportJudgement(judgeWithoutBaseline(why, policy), { ...inputs, allowInconclusive }, io);
}
