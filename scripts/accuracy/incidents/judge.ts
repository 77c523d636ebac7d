import { caseOf } from '../../../src/incident/case-of.ts';
import { failuresOf } from '../../../src/incident/failures/failures-of.ts';
import type { IncidentCase } from '../../../src/incident/incident-case.ts';
import { changesOf } from '../../../src/incident/onset/changes-of.ts';
import { linkKept } from '../../../src/incident/reading/link-kept.ts';
import type { Reading } from '../../../src/incident/reading/reading.ts';
import { suspectsOf } from '../../../src/incident/suspects/suspects-of.ts';

const linked = new WeakMap<Reading, ReturnType<typeof linkKept>>();

/** Linking costs most of it, and a minute stands beside many others. */
function linkOnce(reading: Reading): ReturnType<typeof linkKept> {
  const known = linked.get(reading) ?? linkKept(reading);
  linked.set(reading, known);
  return known;
}

export interface Judged {
  readonly given: IncidentCase;
  /** Names of the suspects that aren't ruled out, best first. */
  readonly ranked: readonly string[];
  readonly abstained: boolean;
  /** Whether they are told: as causes, or as candidates where none is named. */
  readonly listed: boolean;
}

/** What an investigation of `bad` beside `good` suspects, nothing said of the symptom. */
export function judge(good: Reading, bad: Reading): Judged {
  const given = caseOf(good, bad, { minSamples: 20, link: linkOnce });
  return judgeCase(given);
}

export function judgeCase(given: IncidentCase): Judged {
  const {
    suspects,
    abstained,
    candidates = false,
  } = suspectsOf(given, changesOf(given), failuresOf(given));
  const ranked = suspects
    .filter(({ ruledOut }) => ruledOut === undefined)
    .map(({ workload }) => given.names.workloads[workload] ?? '');
  const abstains = abstained !== undefined;
  return { given, ranked, abstained: abstains, listed: !abstains || candidates };
}
