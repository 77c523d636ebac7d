import { workloadOf } from '../calls/operation.ts';
import type { Finding } from '../compare/finding.ts';
import { plain } from '../compare/schema/fields.ts';
import { bySeverity } from '../compare/severity.ts';
import { counted } from '../support/quantity.ts';
import { type Alike, foldAlike, standsAlone } from './fold-alike.ts';

/** A field's finding, taken apart. */
interface OfField {
  /** The message, and the part of it: `response 200`, `request form`. */
  readonly message: string;
  readonly parent: string;
  /** The name of the field; with what it is in for the items of an array. */
  readonly name: string;
  /** What happened, without place and numbers. */
  readonly what: string;
}

const MOST_NAMED = 3;
const NUMBERS = / \(\d+\/\d+ → \d+\/\d+\)\..*$/s;
const RATIO = /^(\d+)\/(\d+)$/;
const NEW_NAME = /; perhaps it is .*\/(.+) now$/s;

/** What makes findings of fields one change. */
interface Sameness {
  /** Fewer are told one by one. */
  readonly least: number;
  /** What is the same of them; falsy for what is none of these. */
  readonly of: (finding: Finding, field: OfField) => unknown;
}

const SAME: readonly Sameness[] = [
  {
    // What lacks in as many messages lacks in the same, as where they tell of an error instead.
    least: 2,
    of: ({ operation, rule, candidate }, { message, parent }) => {
      const isGone = rule === 'schema.became-optional';
      const [, some, all] = RATIO.exec(String(candidate)) ?? [];
      if (!(isGone || rule === 'error.new-code') || some === undefined) return undefined;
      const others = isGone ? Number(all) - Number(some) : Number(some);
      return [operation, message, parent, others, all];
    },
  },
  {
    // Who writes names another way does so for all.
    least: 2,
    of: ({ operation }, { message, name, what }) => {
      const renamed = NEW_NAME.exec(what)?.[1];
      const isAlike = renamed !== undefined && plain(renamed) === plain(name);
      return isAlike && [workloadOf(operation), sideOf(message)];
    },
  },
  {
    // So many fields of one object are another object, or one around it.
    least: 3,
    of: ({ operation, rule, baseline, candidate }, { message, parent }) =>
      rule === 'schema.field-removed' && [operation, message, parent, baseline, candidate],
  },
  {
    least: 2,
    of: ({ operation, rule }, { message, name, what }) => {
      const happened = what.replace(NEW_NAME, '');
      return [workloadOf(operation), sideOf(message), rule, name, happened];
    },
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
      const field = standsAlone(finding) ? fieldOf(finding) : undefined;
      const same = field && of(finding, field);
      return same ? JSON.stringify([same, finding.severity, finding.undecided]) : undefined;
    });
    groups.delete(undefined);
    const alike = [...groups.values()].filter(({ length }) => length >= least).map(ledByHeaviest);
    return foldAlike(told, alike, alsoAt);
  }, findings);
}

function alsoAt(leader: Finding, others: readonly Finding[]): string {
  const isElsewhere = others.some(({ operation }) => operation !== leader.operation);
  const places = others.map(({ operation, path }) => (isElsewhere ? `${operation} ${path}` : path));
  const left = places.length - MOST_NAMED;
  const more = left > 0 ? ` and ${counted(left, 'other place')}` : '';
  return `So it is at ${places.slice(0, MOST_NAMED).join(', ')}${more}.`;
}

function ledByHeaviest(group: readonly Finding[]): Alike {
  const leader = group.reduce((a, b) => (outweighs(b, a) ? b : a));
  return { leader, others: group.filter((one) => one !== leader) };
}

function outweighs(a: Finding, b: Finding): boolean {
  const isError = ({ category }: Finding) => Number(category === 'new-error');
  return (
    (bySeverity(a.severity, b.severity) ||
      isError(a) - isError(b) ||
      a.samples.candidate - b.samples.candidate) > 0
  );
}

/** Undefined for what is not of a field. */
function fieldOf({ rule, path = '', summary }: Finding): OfField | undefined {
  const slash = path.indexOf(' /');
  const isOfField = rule.startsWith('schema.') || rule === 'error.new-code';
  if (!isOfField || slash < 0) return undefined;
  const [message, pointer] = [path.slice(0, slash), path.slice(slash + 1)];
  const [parent = '', name = ''] = /^(.*?)\/([^/]+(?:\/\*)*)$/s.exec(pointer)?.slice(1) ?? [];
  const what = summary.slice(`${pointer} of ${message} `.length).replace(NUMBERS, '');
  return { message, parent, name, what };
}

function sideOf(message: string): string {
  return message.replace(/^response \S+/, 'response');
}
