import { caseOf } from '../incident/case-of.ts';
import type { IncidentCase, OutsideEvent } from '../incident/incident-case.ts';
import { investigate, type Provenance } from '../incident/investigate.ts';
import { symptomOf } from '../incident/symptom.ts';
import { KnownError } from '../support/errors.ts';
import { withSmallYoungSpace } from '../support/young-space.ts';
import type { CommandIO, Outcome } from './command.ts';
import { withIncidentPackets } from './incident-packets.ts';
import { readFiles, readHub } from './incident-sources.ts';
import type { Inputs } from './options.ts';
import { reportInvestigation } from './report-investigation.ts';
import { symptomTimes } from './symptom-times.ts';
import { zoneOf } from './time-zone.ts';

/** What is deployed shows a while later: so much before the incident is asked for, ms. */
const BEFORE_MS = 2 * 3_600_000;

/** Finds when an incident began, where, how it spread and why: in captures, or asking Kubeshark. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const found = await withSmallYoungSpace(async () => {
    const { given, provenance } = await openCase(inputs, io);
    io.signal.throwIfAborted();
    return investigate(given, provenance);
  });
  return withIncidentPackets(await reportInvestigation(found, inputs, io), inputs, io);
}

/** What is read lives no longer than this: a case needs the whole calls no more. */
async function openCase(
  inputs: Inputs,
  io: CommandIO,
): Promise<{ readonly given: IncidentCase; readonly provenance: Provenance }> {
  const now = Date.now();
  const { symptom } = inputs;
  const timesAt = async (at: number) =>
    symptom === undefined ? { words: [] } : symptomTimes(symptom, at, zoneOf(inputs));
  const { good, bad, times, flows, ...provenance } =
    inputs.captures.length > 0
      ? await readFiles(inputs, timesAt, io)
      : await readHub(inputs, timesAt, now, io);
  io.progress.note(
    `${bad.last - bad.first} calls of the incident, ${good.last - good.first} known-good ones`,
  );
  const given = caseOf(good, bad, {
    minSamples: inputs.minSamples,
    hints: inputs.paths,
    redact: inputs.redact,
    events: await eventsOf(inputs, bad, io),
    flows,
    symptom: (names) => {
      const seen = symptomOf(symptom, names);
      return { ...seen, understood: [...seen.understood, ...times.words] };
    },
  });
  return { given, provenance };
}

/** What was deployed around it; what keeps it away is told, and no investigation fails for it. */
async function eventsOf(
  { deployments }: Inputs,
  { start, end }: { readonly start: number; readonly end: number },
  io: CommandIO,
): Promise<readonly OutsideEvent[]> {
  if (deployments === undefined) return [];
  if (!io.deployments) {
    io.progress.warn('--deployments: GitHub can not be asked from here; is GITHUB_TOKEN set?');
    return [];
  }
  try {
    return await io.deployments(deployments, { start: start - BEFORE_MS, end });
  } catch (error) {
    if (!(error instanceof KnownError) || io.signal.aborted) throw error;
    io.progress.warn(`no deployments are known: ${error.message}`);
    return [];
  }
}
