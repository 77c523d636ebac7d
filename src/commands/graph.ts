import { edgesOf } from '../compare/edges.ts';
import { Profile } from '../profile/profile.ts';
import type { Link } from '../profile/profiler.ts';
import { renderEdges } from '../report/edges.ts';
import { ExitCode, UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import { linkLine } from './graph-links.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';

/** Prints the call graph of captures, or with `--links` the cause of each call. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  if (inputs.captures.length === 0) {
    throw new UsageError('graph needs a capture', { hint: 'wireproof graph CAPTURE' });
  }
  const onLink = inputs.links ? { onLink: (link: Link) => io.out(linkLine(link)) } : {};
  const whole = new Profile();
  for (const path of inputs.captures) whole.merge(await loadProfile(path, io, onLink));
  if (!inputs.links) {
    const edges = edgesOf(whole);
    io.out(inputs.json ? `${JSON.stringify(edges)}\n` : renderEdges(edges));
  }
  return { exitCode: ExitCode.pass };
}
