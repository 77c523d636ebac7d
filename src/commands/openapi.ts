import { Profile } from '../profile/profile.ts';
import { openapiDocument, renderOpenapi } from '../report/openapi.ts';
import { httpWorkloads } from '../report/openapi-operations.ts';
import { CaptureError, ExitCode, UsageError } from '../support/errors.ts';
import { nearest } from '../support/nearest.ts';
import type { CommandIO, Outcome } from './command.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { profiling } from './profiling.ts';
import { writeWhole } from './write-file.ts';

/** Writes an OpenAPI 3.1 document of the HTTP operations seen in captures; several are merged. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const whole = new Profile();
  for (const path of inputs.captures) whole.merge(await loadProfile(path, io, profiling(inputs)));
  const workloads = chosen(httpWorkloads(whole), inputs.workload);
  if (workloads.length === 0) {
    throw new CaptureError(`no workload serves HTTP in ${inputs.captures.join(', ')}`);
  }
  const text = renderOpenapi(openapiDocument(whole, workloads, inputs.paths));
  if (inputs.output === undefined || inputs.output === '-') {
    io.out(text);
    return { exitCode: ExitCode.pass };
  }
  await writeWhole(inputs.output, text);
  io.progress.note(`OpenAPI document written to ${inputs.output}`);
  return { exitCode: ExitCode.pass, files: { openapi: inputs.output } };
}

/** Of the workloads that serve HTTP, those asked for; throws UsageError where none of them does. */
function chosen(
  serving: readonly string[],
  asked: readonly string[] | undefined,
): readonly string[] {
  const found = serving.filter((name) => asked?.includes(name) ?? true);
  if (found.length > 0 || serving.length === 0 || asked === undefined) return found;
  const near = asked.map((name) => nearest(name, serving)).find(Boolean);
  throw new UsageError(`no workload ${asked.join(', ')} serves HTTP in this capture`, {
    hint: near ? `did you mean ${near}?` : 'leave out --workload to document all',
  });
}
