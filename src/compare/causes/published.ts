import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';

const PUBLISHED = /^\S+ (?:PRODUCE|BASIC\.PUBLISH) (?<topic>.+)$/;
const READ = /^\S+ (?:FETCH|BASIC\.DELIVER) (?<topic>.+)$/;

interface Changed {
  readonly finding: Finding;
  /** What changed of which topic's messages. */
  readonly what: string;
  /** Where, the last name first. */
  readonly steps: readonly string[];
}

/** What readers of a topic find changed in its messages follows from the messages that are published. */
export function namePublishedCauses(findings: readonly Finding[]): Finding[] {
  const published = findings.flatMap((finding) => changeOf(finding, PUBLISHED) ?? []);
  return findings.map((finding) => {
    const read = changeOf(finding, READ);
    if (!read || finding.causedBy !== undefined) return finding;
    const [cause] = published
      .filter((other) => other.what === read.what && sharedSteps(other, read) > 0)
      .sort((a, b) => sharedSteps(b, read) - sharedSteps(a, read));
    return cause ? { ...finding, causedBy: findingId(cause.finding) } : finding;
  });
}

function changeOf(finding: Finding, of: RegExp): Changed | undefined {
  const { rule, operation, field } = finding;
  const { topic } = of.exec(operation)?.groups ?? {};
  if (topic === undefined || !field?.pointer || !rule.startsWith('schema.')) return undefined;
  const what = JSON.stringify([topic, rule]);
  return { finding, what, steps: field.pointer.split('/').slice(1).reverse() };
}

/** How many of the last steps are the same; 0 where others of the message differ, not of the broker's list. */
function sharedSteps({ steps }: Changed, read: Changed): number {
  const other = steps.findIndex((step, i) => step !== read.steps[i]);
  if (other < 0) return steps.length;
  return steps.slice(0, other).includes('*') ? other : 0;
}
