import { caseOf } from '../incident/case-of.ts';
import type { IncidentCase, OutsideEvent } from '../incident/incident-case.ts';
import { investigate, type Provenance } from '../incident/investigate.ts';
import { symptomOf } from '../incident/symptom.ts';
import { CaptureError, KnownError } from '../support/errors.ts';
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
  const { given, provenance } = await openCase(inputs, io);
  io.signal.throwIfAborted();
  const outcome = await reportInvestigation(investigate(given, provenance), inputs, io);
  return withIncidentPackets(outcome, inputs, io);
}

/** What is read lives no longer than this: a case needs the whole calls no more. */
async function openCase(
  inputs: Inputs,
  io: CommandIO,
): Promise<{ readonly given: IncidentCase; readonly provenance: Provenance }> {
  const now = Date.now();
  const times =
    inputs.symptom === undefined
      ? { words: [] }
      : await symptomTimes(inputs.symptom, now, zoneOf(inputs));
  const { good, bad, ...provenance } =
    inputs.captures.length > 0
      ? await readFiles(inputs, times, io)
      : await readHub(inputs, times, now, io);
  if (bad.last === bad.first) {
    throw new CaptureError('there are no calls in the time to look into', {
      hint: 'was there traffic then, and does the filter let it through?',
    });
  }
  io.progress.note(
    `${bad.last - bad.first} calls of the incident, ${good.last - good.first} known-good ones`,
  );
  const given = caseOf(good, bad, {
    minSamples: inputs.minSamples,
    hints: inputs.paths,
    events: await eventsOf(inputs, bad, io),
    symptom: (names) => {
      const symptom = symptomOf(inputs.symptom, names);
      return { ...symptom, understood: [...symptom.understood, ...times.words] };
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
