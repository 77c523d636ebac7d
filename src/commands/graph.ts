import { type Edge, edgesOf } from '../compare/edges.ts';
import { Profile } from '../profile/profile.ts';
import type { Link } from '../profile/profiler.ts';
import { renderEdges } from '../report/edges.ts';
import { renderDot, renderMermaid } from '../report/edges-diagram.ts';
import { CaptureError, ExitCode, UsageError } from '../support/errors.ts';
import { jsonText } from '../support/json-text.ts';
import type { CommandIO, Outcome } from './command.ts';
import { linkLine } from './graph-links.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { profiling } from './profiling.ts';

/** Prints the call graph of captures, or with `--links` the cause of each call. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const render = rendererOf(inputs);
  if (inputs.links) {
    for (const path of inputs.captures) await printLinks(path, inputs, io);
    return { exitCode: ExitCode.pass };
  }
  const whole = new Profile();
  for (const path of inputs.captures) whole.merge(await loadProfile(path, io, profiling(inputs)));
  io.out(render(edgesOf(whole, inputs.paths)));
  return { exitCode: ExitCode.pass };
}

function rendererOf({ json, mermaid, dot, links }: Inputs): (edges: readonly Edge[]) => string {
  if ([json && !links, mermaid, dot, links].filter(Boolean).length > 1) {
    throw new UsageError('--json, --mermaid, --dot and --links exclude each other', {
      hint: 'only --links and --json go together: links are JSON in any case',
    });
  }
  if (mermaid) return renderMermaid;
  if (dot) return renderDot;
  return json ? (edges) => `${jsonText(edges)}\n` : renderEdges;
}

async function printLinks(path: string, inputs: Inputs, io: CommandIO): Promise<void> {
  let links = 0;
  const onLink = (link: Link) => {
    links++;
    io.out(linkLine(link));
  };
  const { capture } = await loadProfile(path, io, { ...profiling(inputs), onLink });
  if (links === 0 && capture.calls > 0) {
    throw new CaptureError(`${path} is a profile: it holds counts of links, not the links`, {
      hint: 'give the capture that it was made from',
    });
  }
}
