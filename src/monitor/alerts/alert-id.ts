import { createHash } from 'node:crypto';
import { type Subject, subjectKey } from '../subject.ts';

/** Stable through restarts: of what the alert is about, and since when (Unix ms). */
export function alertId(scope: string, rule: string, subject: Subject, since: number): string {
  return createHash('sha256')
    .update(JSON.stringify([scope, rule, subjectKey(subject), since]))
    .digest('hex')
    .slice(0, 20);
}

/** Names a deviation: of one subject, by one rule. */
export function deviationKey(rule: string, subject: Subject): string {
  return `${rule} ${subjectKey(subject)}`;
}
