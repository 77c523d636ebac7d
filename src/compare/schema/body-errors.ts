import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Sides } from '../sides.ts';
import { CLIENT_ERROR_SHARE, RATIO_FLOOR } from '../statuses/index.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../thresholds.ts';
import { nonZero } from './emptied.ts';
import { ENVELOPES, ERROR_PLACE, ERRORS, FAILED, isOfTheCall, SUCCEEDED } from './error-fields.ts';
import { escapePointer } from './pointer.ts';
import type { Change } from './report.ts';
import { type Share, type Support, weigh, weighShift } from './share.ts';
import { orderOf, type Weight } from './weight.ts';

const OUTCOME = /^(?:status|result|outcome)$/i;
const FAILED_OUTCOME = /^(?:errors?|fail(?:ed|ure)?|exception)$/i;
/** Types of values that fill a field for errors. */
const TELLING = ['string', 'array', 'object', 'integer'] as const;

/** Whether a place at the root of a message is one that tells of errors. */
export function tellsOfErrors(pointer: string): boolean {
  const name = pointer.slice(1);
  return SUCCEEDED.test(name) || FAILED.test(name) || ERRORS.test(name);
}

/**
 * What a change in a response means beyond itself: an error that was never told of, where its codes
 * have a new member. Undefined for any other change.
 */
export function newErrorCode(change: Change): Change | undefined {
  const isNew = change.rule === 'schema.enum-value-added' && change.base.some === 0;
  if (!isNew || !ERROR_PLACE.test(change.pointer)) return undefined;
  return { ...change, rule: 'error.new-code' };
}

/** What a value of an enumeration was one of. */
export interface Population {
  readonly support: Support;
  readonly values: Sides<number>;
  /** What the messages with those were about; infinite: too many to tell. */
  readonly subjects: Sides<number>;
}

/** Where responses tell of errors, those that tell of none say as well that they don't tell of this one. */
export function amongBodies(population: Population, pointer: string): Population {
  const { support, values } = population;
  const { bodies } = support;
  if (!bodies || !ERROR_PLACE.test(pointer)) return population;
  return {
    support: { ...support, scale: { base: 1, cand: 1 } },
    values: {
      base: Math.max(values.base, bodies.base),
      cand: Math.max(values.cand, bodies.cand),
    },
    subjects: { base: Number.POSITIVE_INFINITY, cand: Number.POSITIVE_INFINITY },
  };
}

/**
 * Fields for errors that are filled, and flags that deny success, in responses that never or more
 * seldom had them: an error that the status does not tell, or not this one.
 */
export function bodyErrors(
  base: SchemaNode,
  cand: SchemaNode,
  support: Support,
  { errorIncrease }: Pick<Thresholds, 'errorIncrease'> = USUAL_THRESHOLDS,
  pointer = '',
): Change[] {
  const changes: Change[] = [];
  for (const [name, { node }] of cand.object?.properties ?? []) {
    const known = base.object?.properties.get(name)?.node;
    const place = `${pointer}/${escapePointer(name)}`;
    if (pointer === '' && ENVELOPES.test(name) && known) {
      changes.push(...bodyErrors(known, node, support, { errorIncrease }, place));
    }
    const failures = failuresOf(name, node);
    if (failures === undefined || failures.some === 0) continue;
    const before = known ? failuresOf(name, known) : { some: 0, examples: [] };
    if (before === undefined) continue;
    const was = shareOf(before.some, base);
    const is = shareOf(failures.some, cand);
    // A word that is new among the outcomes is told as such.
    if (was.some === 0 && OUTCOME.test(name)) continue;
    const change = moreErrors(was, is, support, errorIncrease);
    if (change === undefined) continue;
    const ofCall = isOfTheCall(name, (other) => cand.object?.properties.has(other) ?? false);
    const ofData = !ofCall && (was.some > 0 || !ERRORS.test(name));
    changes.push({
      ...change,
      ...(ofData && { atMost: 'warning' as const }),
      pointer: place,
      base: was,
      cand: is,
      baseExamples: was.some === 0 ? base.examples(['object']) : before.examples,
      candExamples: failures.examples,
    });
  }
  return changes;
}

/** What is told of answers that tell of errors, which fewer did, if any; `least`: a smaller rise is none. */
export function moreErrors(
  was: Share,
  is: Share,
  support: Support,
  least = USUAL_THRESHOLDS.errorIncrease,
): Told | undefined {
  return was.some === 0 ? appeared(was, is, support) : rise(was, is, support, least);
}

type Told = Pick<Change, 'rule' | 'what' | 'weight' | 'atMost'>;

function appeared(was: Share, is: Share, support: Support): Told {
  return { rule: 'error.new-code', what: 'tells of an error', weight: weigh(was, is, support) };
}

function rise(was: Share, is: Share, support: Support, least: number): Told | undefined {
  const grown = is.some / is.all - was.some / was.all;
  if (grown < least || is.some * was.all < RATIO_FLOOR * was.some * is.all) return undefined;
  const weight: Weight = weighShift(was, is, support);
  if (orderOf(weight) < orderOf('undecided')) return undefined;
  return {
    rule: 'error.rate-increased',
    what: 'tells of errors more often',
    weight,
    // It may be the client's, which moves with the data.
    ...(grown < CLIENT_ERROR_SHARE && { atMost: 'warning' }),
  };
}

interface Failures {
  readonly some: number;
  readonly examples: readonly string[];
}

/** The values of a field that tell of an error; undefined where it is no such field, or nobody counted. */
function failuresOf(name: string, node: SchemaNode): Failures | undefined {
  const isDenial = SUCCEEDED.test(name);
  const isPlace = ERRORS.test(name);
  if (OUTCOME.test(name)) return failedOutcomes(node);
  if (!isDenial && !isPlace && !FAILED.test(name)) return undefined;
  const flags = node.boolean;
  // A profile of before the values of flags were counted tells how many there were only.
  if ((flags?.total ?? 0) < node.count('boolean')) return undefined;
  const flagged = flags?.count(!isDenial) ?? 0;
  const filled = isPlace ? filledValues(node) : 0;
  const examples = flagged > 0 ? flags?.examples(!isDenial) : node.examples(TELLING);
  return { some: flagged + filled, examples: examples ?? [] };
}

/** Words for a failure, as JSend has them. */
function failedOutcomes(node: SchemaNode): Failures | undefined {
  const values = node.string?.values;
  if (!values || values.open) return undefined;
  const failed = values.entries().filter(([value]) => FAILED_OUTCOME.test(value));
  const some = failed.reduce((sum, [, times]) => sum + times, 0);
  return { some, examples: node.examples(['string']) };
}

/** Values that say something: no null, no zero, no empty list, text or object. */
function filledValues(node: SchemaNode): number {
  return (
    node.count('array') -
    (node.array?.empty ?? 0) +
    node.count('string') -
    (node.string?.empty ?? 0) +
    nonZero(node).some +
    filledObjects(node)
  );
}

/** At least so many of the objects have a field. */
function filledObjects(node: SchemaNode): number {
  const fields = [...(node.object?.properties.values() ?? [])].map((field) => field.node.total);
  const data = [...(node.object?.patterns.values() ?? [])].map((one) => one.total);
  return Math.min(Math.max(0, ...fields, ...data), node.count('object'));
}

/** Of the objects that hold the field. */
function shareOf(some: number, holder: SchemaNode): Share {
  const all = holder.count('object');
  return { some: Math.min(some, all), all };
}
