import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';

const PUBLISHED = /^(?<broker>\S+) PRODUCE (?<topic>.+)$/;
const READ = /^(?<broker>\S+) FETCH (?<topic>.+)$/;

/**
 * What readers of a topic find changed in its messages follows from the messages that are published. Of
 * the places the last name is compared: what is fetched comes several at a time, with what the broker adds.
 */
export function namePublishedCauses(findings: readonly Finding[]): Finding[] {
  const published = new Map<string, Finding>();
  for (const finding of findings.toReversed()) {
    const key = changeOf(finding, PUBLISHED);
    if (key !== undefined) published.set(key, finding);
  }
  return findings.map((finding) => {
    const cause = published.get(changeOf(finding, READ) ?? '');
    return cause && finding.causedBy === undefined
      ? { ...finding, causedBy: findingId(cause) }
      : finding;
  });
}

function changeOf({ rule, operation, path = '' }: Finding, of: RegExp): string | undefined {
  const { broker, topic } = of.exec(operation)?.groups ?? {};
  if (topic === undefined || !rule.startsWith('schema.') || !path.includes('/')) return undefined;
  return JSON.stringify([broker, topic, rule, path.slice(path.lastIndexOf('/'))]);
}
