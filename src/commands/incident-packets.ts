import type { EvidenceCall } from '../calls/evidence.ts';
import type { Investigation } from '../incident/investigation.ts';
import type { CommandIO, Outcome } from './command.ts';
import { keepPackets, MAX_CALLS } from './keep-packets.ts';
import type { Inputs } from './options.ts';

/**
 * The outcome and, where an origin is named and `--evidence-pcap` asks for them, the packets of the
 * connections that show where it began and how it spread.
 */
export async function withIncidentPackets(
  outcome: Outcome,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const { investigation } = outcome;
  if (!investigation || investigation.abstained) return outcome;
  const wanted = decisiveCalls(investigation);
  if (wanted.size === 0) return outcome;
  const { window, snapshot = inputs.snapshot } = investigation;
  return keepPackets(outcome, wanted, window, { ...inputs, snapshot }, io);
}

/** Calls that show the origin, then how it spread, then the timeline; each with what it shows. */
function decisiveCalls({ rootCauses, cascade, timeline }: Investigation) {
  const wanted = new Map<string, { shows: string[] }>();
  const add = (evidence: readonly EvidenceCall[], shows: string) => {
    for (const { callId } of evidence) {
      const known = wanted.get(callId);
      if (known) known.shows.push(shows);
      else if (wanted.size < MAX_CALLS) wanted.set(callId, { shows: [shows] });
    }
  };
  const [origin] = rootCauses;
  if (origin) add(origin.evidence, `origin: ${origin.operation ?? origin.workload}`);
  for (const { from, to, evidence } of cascade) {
    add(evidence, `${from.operation ?? from.workload} → ${to.operation ?? to.workload}`);
  }
  for (const { kind, workload = '', operation = workload, evidence } of timeline) {
    add(evidence, `${kind} ${operation}`);
  }
  return wanted;
}
