import { workloadOf } from '../calls/operation.ts';
import type { FieldChange, Finding } from '../compare/finding.ts';
import { lettersOf, NULLS_LEFT_OUT } from '../compare/schema/fields.ts';
import { placeOf } from '../compare/schema/report.ts';
import { bySeverity } from '../compare/severity.ts';
import { counted } from '../support/quantity.ts';
import { foldAlike, ledByHeaviest, standsAlone } from './fold-alike.ts';

const MOST_NAMED = 3;
const OR_NULL = ' or null';

/** What makes findings of fields one change. */
interface Sameness {
  /** Fewer are told one by one. */
  readonly least: number;
  /** What is the same of them; falsy for what is none of these. */
  readonly of: (finding: Finding, field: FieldChange) => unknown;
}

const SAME: readonly Sameness[] = [
  {
    // What lacks in as many messages lacks in the same, as where they tell of an error instead.
    least: 2,
    of: ({ operation, rule, effect, samples }, field) => {
      if (rule !== 'schema.became-optional' && rule !== 'error.new-code') return undefined;
      const changed = Math.round(Math.abs(effect ?? 0) * samples.candidate);
      return [operation, placeOf(field), parentOf(field), changed, samples.candidate];
    },
  },
  {
    // Who writes names another way does so for all.
    least: 2,
    of: ({ operation }, field) => {
      const renamed = field.renamed && nameAt(field.renamed);
      const isAlike = renamed !== undefined && lettersOf(renamed) === lettersOf(nameOf(field));
      return isAlike && [workloadOf(operation), anyStatus(field)];
    },
  },
  {
    // A writer that leaves out what is null does so for all names.
    least: 2,
    of: ({ operation }, field) =>
      field.what === NULLS_LEFT_OUT && [workloadOf(operation), anyStatus(field)],
  },
  {
    // So many names of which numbers are text, or the like, are written by another writer.
    least: 3,
    of: ({ operation, rule }, field) =>
      rule === 'schema.type-changed' && [
        workloadOf(operation),
        anyStatus(field),
        field.what.replaceAll(OR_NULL, ''),
      ],
  },
  {
    // So many fields of one object are another object, or one around it.
    least: 3,
    of: ({ operation, rule, baseline, candidate }, field) =>
      rule === 'schema.field-removed' && [
        operation,
        placeOf(field),
        parentOf(field),
        baseline,
        candidate,
      ],
  },
  {
    least: 2,
    of: ({ operation, rule }, field) => [
      workloadOf(operation),
      anyStatus(field),
      rule,
      nameOf(field),
      field.what,
    ],
  },
];

/**
 * What happened alike to fields of one name, wherever a workload sends them, to fields that lack
 * together, or to all names, is one finding: that of the place that weighs most, under which the others
 * are told as info. What is accepted neither leads nor follows.
 */
export function foldSameChanges(findings: readonly Finding[]): readonly Finding[] {
  return SAME.reduce((told, { least, of }) => {
    const groups = Map.groupBy(told, (finding) => {
      const { field } = finding;
      const same = field?.pointer && standsAlone(finding) && of(finding, field);
      return same ? JSON.stringify([same, finding.severity, finding.undecided]) : undefined;
    });
    groups.delete(undefined);
    const alike = [...groups.values()].filter(({ length }) => length >= least);
    return foldAlike(
      told,
      alike.map((group) => ledByHeaviest(group, outweighs)),
      alsoAt,
    );
  }, findings);
}

function alsoAt(leader: Finding, others: readonly Finding[]): string {
  const isElsewhere = others.some(({ operation }) => operation !== leader.operation);
  const places = others.map(({ operation, path }) => (isElsewhere ? `${operation} ${path}` : path));
  const left = places.length - MOST_NAMED;
  const more = left > 0 ? ` and ${counted(left, 'other place')}` : '';
  return `So it is at ${places.slice(0, MOST_NAMED).join(', ')}${more}.`;
}

function outweighs(a: Finding, b: Finding): boolean {
  const isError = ({ category }: Finding) => Number(category === 'new-error');
  return (
    (bySeverity(a.severity, b.severity) ||
      isError(a) - isError(b) ||
      a.samples.candidate - b.samples.candidate) > 0
  );
}

/** The last name of a pointer; with what it is in for the items of an array. */
function nameAt(pointer: string): string {
  return /[^/]+(?:\/\*)*$/.exec(pointer)?.[0] ?? '';
}

function nameOf({ pointer }: FieldChange): string {
  return nameAt(pointer);
}

function parentOf({ pointer }: FieldChange): string {
  return pointer.slice(0, -nameAt(pointer).length);
}

/** The message and its part, whichever status it answers with. */
function anyStatus({ side, part }: FieldChange): string {
  return placeOf({ side, part });
}
