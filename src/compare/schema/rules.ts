import type { Severity } from '../finding.ts';

export type Side = 'request' | 'response';

interface SchemaRule {
  /** What changed, in a few words. */
  readonly title: string;
  /** Who is broken by it, and why it weighs what it weighs. */
  readonly why: string;
  /** Severity when the evidence is decided; less evidence weighs less. */
  readonly severity: Readonly<Record<Side, Severity>>;
}

export interface AdvisedRule extends SchemaRule {
  /** What of it is at most a warning. */
  readonly warning?: string;
  /** What to do about it. */
  readonly advice: string;
}

/**
 * Rules of fields, types and values. A response breaks its reader by what it takes away or newly
 * allows; a request breaks its server by what it newly lacks, or shows that the server newly asks for.
 */
export const SCHEMA_RULES = {
  'schema.field-removed': {
    title: 'A field is never there any more',
    why: 'Readers of the response miss it; a server may need it in the request.',
    advice:
      'Put the field back, or move every reader off it first. Where the finding suggests a new name, serve both names for a while.',
    warning: 'fewer than a third had it',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.field-added': {
    title: 'A field is there that never was',
    why: 'Readers ignore what they do not know. In every request, it is a sign that the server now asks for it, which breaks the callers that do not send it.',
    advice:
      'Nothing in a response. In a request, make sure that the server still takes requests without it.',
    severity: { response: 'info', request: 'breaking' },
  },
  'schema.became-optional': {
    title: 'A field that was always there is missing at times, or mostly where it seldom was',
    why: 'Readers of the response that rely on it fail at times.',
    advice:
      'Find the cases that lack it in the calls named as evidence; fill it, or tell its readers.',
    severity: { response: 'breaking', request: 'warning' },
  },
  'schema.became-required': {
    title: 'A field that was there at times is always there',
    why: 'Harmless in a response. In requests, a sign that the server now asks for it.',
    advice: 'Check that the server still takes requests without it; then only the callers changed.',
    severity: { response: 'info', request: 'breaking' },
  },
  'schema.type-changed': {
    title: 'A value has a type that it never had',
    why: 'Typed readers fail to parse it.',
    advice: 'Keep the old type; add a field of another name where a new one is needed.',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.type-narrowed': {
    title: 'A value no longer has one of its types',
    why: 'Readers are prepared for more than they get.',
    advice: 'Nothing, unless the type that is gone was a case you exercise.',
    severity: { response: 'info', request: 'info' },
  },
  'schema.became-nullable': {
    title: 'A value that was never null is null at times, or mostly where it seldom was',
    why: 'Readers of the response that do not expect null fail.',
    advice: 'Find out why there is no value; leave the old default in, or tell the readers.',
    severity: { response: 'breaking', request: 'warning' },
  },
  'schema.became-non-nullable': {
    title: 'A value that was null at times never is any more',
    why: 'Readers are prepared for more than they get.',
    advice: 'Nothing, unless null was a case you exercise.',
    severity: { response: 'info', request: 'info' },
  },
  'schema.enum-value-added': {
    title:
      'A field with a fixed set of values has one that it never had, or mostly one that it seldom had',
    why: 'Readers that handle every member one by one do not know the new one.',
    advice:
      'Teach the readers the new member before it is sent; a reader that treats unknown members as one case needs nothing.',
    severity: { response: 'breaking', request: 'warning' },
  },
  'schema.enum-value-removed': {
    title: 'A member of a fixed set of values is not seen any more',
    why: 'A case that is never reached any more, or was not exercised. Of a fifth of the values or more a warning, of fewer info: readers are prepared for more than they get.',
    advice: 'Check that the scenario still exercises the case.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.format-changed': {
    title:
      "The text or number has another format (date, id, address, unit, magnitude, sign), or says what only a mistake makes it say ('undefined')",
    why: 'Readers parse the old format, or take the number for another quantity.',
    advice: 'Send the old format; a serializer or its settings usually changed.',
    warning: 'numbers are of another magnitude or sign, or text has a format that none had',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.unmasked': {
    title: 'Text that came masked comes in clear',
    why: 'What was masked is a secret or personal: whoever reads, logs or stores it now has it.',
    advice:
      'Mask it again, and treat what was sent in clear as leaked: replace the token, look where it was logged.',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.secret-added': {
    title: 'A field is there that never was, and by its name is a secret in clear, or holds one',
    why: 'Whoever reads, logs or stores the response now has it; an object that is written out whole is the usual cause.',
    advice:
      'Leave it out again, and treat what was sent as leaked; where it is meant, as of a key that is made once, accept it.',
    severity: { response: 'breaking', request: 'info' },
  },
  'schema.array-emptied': {
    title: 'An array that had items never has any more, never as many, or none at times',
    why: 'Readers find nothing, or less, where there was something; the data or a filter may be gone.',
    advice: 'Check the data and the filter that the array comes from.',
    warning: 'it has items still, or fewer than a third had any',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.value-emptied': {
    title: 'Text or a number that always said something is always empty or zero now',
    why: 'The value is of its old type and says nothing: a source of it is gone.',
    advice:
      'Look for the source of the value: a mapping, a join or a default that is used for it now.',
    warning: 'some were empty or zero before',
    severity: { response: 'breaking', request: 'warning' },
  },
  'schema.answers-changed': {
    title: 'What is answered about the same things is another, while other values of them stayed',
    why: 'A price with another tax, a time in another zone, a link to another host: the shape is right and what is said is not. The things are those asked for, and items of lists that have an id or a name. Data that was changed for all at once looks like that as well, so it is told and does not break.',
    advice:
      'Ask both versions for one of the things. If the data was changed on purpose, take the baseline after it.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.value-constant': {
    title: 'Text, or a number, that differed from thing to thing is the same in all messages',
    why: "A placeholder or one thing's value stands for all. Data that was loaded at once looks like that as well, so it is told and does not break.",
    advice:
      'Compare the value with its source: a default, a cache or a lookup without its condition gives all the same.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.flag-flipped': {
    title: 'A flag that was true, always or mostly, is false now, or the reverse',
    why: 'Readers take the other way each time. Switches and times of day do so as well, so it is told and does not break.',
    advice:
      'Check that the switch was meant; where it follows the time of day, or data, nothing is wrong.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.id-mismatched': {
    title: 'An id in answers that always was the one asked for is another',
    why: "The answer is about something else than the request: readers take it for what they asked for. A cache that mixes up its keys shows one user another's data so.",
    advice:
      'Compare request and answer of the calls named as evidence; look at what the answer was cached by, and at the lookup that found it.',
    severity: { response: 'breaking', request: 'info' },
  },
  'schema.order-changed': {
    title: 'Lists that always were sorted by something mostly are not any more',
    why: 'Readers that take the first item, merge lists or page through them rely on the order. A store that was not asked for one gives rows in any, which may follow its data as well, so it is told and does not break.',
    advice: 'Look for the sorting that is gone: an ORDER BY, an index hint, a sort in the code.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.items-repeated': {
    title: 'Items of lists come several times in a row, as none did before',
    why: 'Readers count, sum and show them twice: a join that finds several rows for one is the usual cause. Data may do so as well (two events of one moment), so it is told and does not break.',
    advice: 'Compare a list named as evidence with the rows behind it.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.array-filled': {
    title: 'An array that was always empty has items',
    why: 'Its items were never seen before.',
    advice: 'Nothing; the items are compared from the next baseline on.',
    severity: { response: 'info', request: 'info' },
  },
  'schema.variant-added': {
    title: 'A union has a variant that it never had, and it lacks a field that all others have',
    why: 'Readers that rely on the field fail on the new variant.',
    advice: 'Tell the readers of the variant, or fill the field in it too.',
    severity: { response: 'warning', request: 'info' },
  },
  'schema.body-removed': {
    title: 'Messages that always had a body never have one any more',
    why: 'There is nothing left to read.',
    advice: 'Send the body again, or answer 204 and tell the readers.',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.body-added': {
    title: 'Messages that never had a body have one',
    why: 'Readers ignore it; a server that now asks for one breaks its callers.',
    advice: 'Nothing in a response. In a request, check that the body stays optional.',
    severity: { response: 'info', request: 'warning' },
  },
  'schema.body-format-changed': {
    title: 'Bodies are not what they were: another format, or malformed',
    why: 'Readers can no longer parse them.',
    advice:
      'Look at the calls named as evidence: an error page or a truncated answer instead of the body is the usual cause.',
    severity: { response: 'breaking', request: 'breaking' },
  },
  'schema.body-became-required': {
    title: 'Messages that had a body at times always have one',
    why: 'Harmless in a response. In requests, a sign that the server now asks for it.',
    advice:
      'Check that the server still takes requests without one; then only the callers changed.',
    severity: { response: 'info', request: 'breaking' },
  },
  'schema.body-became-optional': {
    title: 'Messages that always had a body lack it at times, or mostly where they seldom did',
    why: 'Readers that rely on it fail at times.',
    advice: 'Find the cases that lack it in the calls named as evidence.',
    severity: { response: 'breaking', request: 'warning' },
  },
} as const satisfies Record<string, AdvisedRule>;

export type SchemaRuleId = keyof typeof SCHEMA_RULES;

/** An error that the body tells of; documented among the errors. */
const BODY_ERROR: SchemaRule = {
  title: 'A body tells of an error that it never told of',
  why: 'The status says success, or the same failure; readers meet an error that they were never shown.',
  severity: { response: 'breaking', request: 'info' },
};

const MORE_BODY_ERRORS: SchemaRule = {
  title: 'More bodies tell of an error than before',
  why: 'The status says success; more callers are turned away than before.',
  severity: { response: 'breaking', request: 'info' },
};

/** Every rule that a place in a message may break. */
export const PLACE_RULES: Readonly<Record<PlaceRuleId, SchemaRule>> = {
  ...SCHEMA_RULES,
  'error.new-code': BODY_ERROR,
  'error.rate-increased': MORE_BODY_ERRORS,
};

export type PlaceRuleId = SchemaRuleId | 'error.new-code' | 'error.rate-increased';
