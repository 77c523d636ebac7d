import type { Finding, Severity } from '../compare/finding.ts';
import type { Investigation } from '../incident/investigation.ts';
import type { Alert } from '../monitor/alert.ts';
import type { AlertSeverity } from '../monitor/alert-rule.ts';
import { worstFirst } from '../monitor/summary/alert-lines.ts';
import { headlineOf } from '../report/incident/incident-words.ts';
import { subjectWords } from '../report/monitor/alert-row.ts';
import { visible } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** GitHub shows this many of one kind for a step and drops the rest in silence. */
const MAX_PER_KIND = 10;

export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

const KINDS = { breaking: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  Annotation['kind']
>;

const ALERT_KINDS = {
  critical: 'error',
  warning: 'warning',
  info: 'notice',
} as const satisfies Record<AlertSeverity, Annotation['kind']>;

/** What to show beside the workflow: worst first, at most ten of a kind, the last telling of more. */
export function annotationsOf({ verdict, reasons, findings }: Judgement): Annotation[] {
  const all = findings.map(annotationOf);
  if (verdict === 'INCONCLUSIVE') {
    const message = visible(reasons[0] ?? 'the verdict is INCONCLUSIVE');
    all.unshift({ kind: 'warning', title: 'Wireproof: INCONCLUSIVE', message });
  }
  return byKind(all);
}

/** The same of what fires; a silenced alert is kept to itself here too. */
export function alertAnnotations(alerts: readonly Alert[]): Annotation[] {
  const told = worstFirst(alerts).filter(({ silenced }) => silenced === undefined);
  return byKind(
    told.map(({ severity, rule, subject, summary }) => ({
      kind: ALERT_KINDS[severity],
      title: visible(`${rule}: ${subjectWords(subject)}`, 200),
      message: visible(summary),
    })),
  );
}

/** The answer of an investigation: it fails nothing, so it is a warning. */
export function investigationAnnotation(investigation: Investigation): Annotation {
  const { hypothesis, abstained, reasons } = investigation;
  return {
    kind: 'warning',
    title: visible(`Wireproof: ${headlineOf(investigation)}`, 200),
    message: visible(abstained ? (reasons[0] ?? hypothesis) : hypothesis),
  };
}

function byKind(all: readonly Annotation[]): Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((kind) =>
    capped(all.filter((annotation) => annotation.kind === kind)),
  );
}

function annotationOf({ severity, rule, operation, summary, accepted }: Finding): Annotation {
  return {
    kind: accepted ? 'notice' : KINDS[severity],
    title: visible(`${rule}: ${operation}`, 200),
    message: visible(summary),
  };
}

function capped(annotations: readonly Annotation[]): Annotation[] {
  const [first] = annotations;
  if (first === undefined || annotations.length <= MAX_PER_KIND) return [...annotations];
  const left = annotations.length - (MAX_PER_KIND - 1);
  return [
    ...annotations.slice(0, MAX_PER_KIND - 1),
    { kind: first.kind, title: 'Wireproof', message: `${left} more: see the job summary` },
  ];
}
