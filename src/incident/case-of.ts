import type { FlowReading } from '../calls/flow.ts';
import { compareProfiles } from '../compare/compare.ts';
import type { CompareOptions } from '../compare/family-result.ts';
import { redactProfile } from '../profile/redact-profile.ts';
import type { IncidentCase, OutsideEvent, Symptom } from './incident-case.ts';
import { linkKept } from './reading/link-kept.ts';
import { namesOf } from './reading/names-of.ts';
import type { Reading } from './reading/reading.ts';
import { trafficOf } from './reading/traffic-of.ts';
import type { Names } from './traffic.ts';

export interface CaseOptions extends CompareOptions {
  /** Names of fields and headers whose values are told nowhere. */
  readonly redact?: readonly string[];
  readonly events?: readonly OutsideEvent[];
  readonly flows?: FlowReading | undefined;
  /** What was seen, once the names are known that it may hold. */
  readonly symptom?: (names: Names) => Symptom;
  /** Links what was kept of a reading; by default anew each time. Readings in many cases are linked once. */
  readonly link?: typeof linkKept;
}

const NOTHING_SAID: Symptom = { workloads: [], operations: [], understood: [], trouble: 'any' };

/** Brings known-good traffic and that of an incident side by side: names, links, comparison. */
export function caseOf(good: Reading, bad: Reading, options: CaseOptions): IncidentCase {
  const numbering = namesOf(good, bad, options.hints);
  const { link = linkKept } = options;
  const linkedGood = link(good);
  const linkedBad = link(bad);
  for (const { profile } of [linkedGood, linkedBad]) redactProfile(profile, options.redact ?? []);
  return {
    names: numbering.names,
    good: trafficOf(good, linkedGood, numbering),
    bad: trafficOf(bad, linkedBad, numbering),
    comparison: compareProfiles(linkedGood.profile, linkedBad.profile, options),
    symptom: options.symptom?.(numbering.names) ?? NOTHING_SAID,
    events: options.events ?? [],
    ...(options.flows && { flows: options.flows }),
  };
}
