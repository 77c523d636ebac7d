import { workloadOf } from '../calls/operation.ts';
import { CaptureError, ExitCode, UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { fitsGlob } from '../support/glob.ts';
import { byCodeUnit } from '../support/json.ts';
import { nearest } from '../support/nearest.ts';
import { counted } from '../support/quantity.ts';
import { isMeantBy, patternText } from '../verdict/finding-pattern.ts';
import type { Acceptance } from '../verdict/policy.ts';
import { lastDay } from '../verdict/today.ts';
import type { CommandIO, Outcome } from './command.ts';
import { withAcceptances } from './config/add-acceptances.ts';
import { patternFor } from './config/parts.ts';
import { DEFAULT_CONFIG, parseConfig, readConfigText } from './config/read.ts';
import type { Inputs } from './options.ts';
import { type Reported, readReport } from './read-report.ts';
import { writeWhole } from './write-file.ts';

/**
 * Accepts findings of a report in the configuration file, which keeps its comments and its order:
 * the breaking ones, or those of a rule. Findings that are accepted for as long already stay as they are.
 */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const { reason, expires, by } = inputs;
  if (reason === undefined || expires === undefined) {
    throw new UsageError(`accept needs --${reason === undefined ? 'reason' : 'expires'}`, {
      hint: "wireproof accept report.json --reason 'why it is meant' --expires 2026-12-31",
    });
  }
  const report = await readReport(inputs.captures[0] ?? '');
  const seen = lastDay({ end: report.capture.candidate.end });
  if (seen !== undefined && expires < seen) {
    throw new UsageError(`--expires ${expires} is before the report's own day, ${seen}`, {
      hint: 'it is the last day on which the difference is accepted',
    });
  }
  const found = chosen(report.findings, inputs);
  if (found.length === 0) throw nothingToAccept(report.findings, inputs);
  const entries = found.map(
    ({ rule, operation, path }): Acceptance => ({
      rule,
      operation: patternFor(operation),
      ...(path !== undefined && { path: patternFor(path) }),
      reason,
      expires,
      ...(by !== undefined && { by }),
    }),
  );
  const file = inputs.config ?? DEFAULT_CONFIG;
  const before = (await readConfigText(file, { mayBeMissing: true })) ?? '';
  const { text, written } = await withAcceptances(before, entries);
  await parseConfig(text, file);
  if (written.length > 0) await writeWhole(file, text);
  for (const { entry, how } of written) {
    const told = visible(patternText(entry));
    io.out(`${how}: ${told} until ${entry.expires}\n`);
    if (told.includes('*')) {
      io.progress.warn(`${told}: the * is any text, so this accepts more than the finding`);
    }
  }
  io.progress.note(
    written.length === 0
      ? `${file} accepts all of that already`
      : `${written.length} of ${entries.length} written to ${file}`,
  );
  return { exitCode: ExitCode.pass, files: { config: file } };
}

/**
 * The findings meant, each once, in code-unit order: where one speaks for others of its workload, these
 * as well, since each would break by itself.
 */
function chosen(findings: readonly Reported[], { rule, operation }: Inputs): Reported[] {
  const open = findings.filter(
    (finding) => finding.accepted === undefined && isMeantBy({ rule, operation }, finding),
  );
  const leading = open.filter(
    ({ causedBy, severity }) =>
      causedBy === undefined && (rule !== undefined || severity === 'breaking'),
  );
  const leaders = new Map(leading.map((finding) => [patternText(finding), finding]));
  const spokenFor = open.filter(({ causedBy, operation: follower }) => {
    const leader = leaders.get(causedBy ?? '');
    return leader !== undefined && workloadOf(leader.operation) === workloadOf(follower);
  });
  const meant = [...leading, ...spokenFor];
  const ids = new Map(meant.map((finding) => [patternText(finding), finding]));
  return [...ids].sort(([a], [b]) => byCodeUnit(a, b)).map(([, finding]) => finding);
}

function nothingToAccept(findings: readonly Reported[], asked: Inputs): CaptureError {
  const open = findings.filter(
    ({ accepted, causedBy }) => accepted === undefined && causedBy === undefined,
  );
  const breaking = open.filter(({ severity }) => severity === 'breaking');
  return new CaptureError('there is no such finding to accept in this report', {
    hint: `it holds ${counted(breaking.length, 'breaking finding')} not accepted, and ${counted(open.length - breaking.length, 'other')} (name their --rule)${mistyped(asked, open)}`,
  });
}

/** What of the report the options may have meant. */
function mistyped({ rule, operation }: Inputs, open: readonly Reported[]): string {
  const near = [
    ['rule', rule, open.map((finding) => finding.rule)],
    ['operation', operation, open.map((finding) => finding.operation)],
  ] as const;
  const [told = ''] = near.flatMap(([name, asked, known]) => {
    if (asked === undefined || known.some((text) => fitsGlob(asked, text))) return [];
    const meant = nearest(asked, known);
    return meant === undefined ? [] : [`; did you mean --${name} '${meant}'?`];
  });
  return told;
}
