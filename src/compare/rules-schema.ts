import type { HEADER_RULES } from './headers.ts';
import type { SchemaRuleId } from './schema/rules.ts';

/** What to do about each change of fields, types and values. */
export const SCHEMA_ADVICE: Readonly<Record<SchemaRuleId, string>> = {
  'schema.field-removed':
    'Put the field back, or move every reader off it first. Where the finding suggests a new name, serve both names for a while.',
  'schema.field-added':
    'Nothing in a response. In a request, make sure that the server still takes requests without it.',
  'schema.became-optional':
    'Find the cases that lack it in the calls named as evidence; fill it, or tell its readers.',
  'schema.became-required':
    'Check that the server still takes requests without it; then only the callers changed.',
  'schema.type-changed':
    'Keep the old type; add a field of another name where a new one is needed.',
  'schema.type-narrowed': 'Nothing, unless the type that is gone was a case you exercise.',
  'schema.became-nullable':
    'Find out why there is no value; leave the old default in, or tell the readers.',
  'schema.became-non-nullable': 'Nothing, unless null was a case you exercise.',
  'schema.enum-value-added':
    'Teach the readers the new member before it is sent; a reader that treats unknown members as one case needs nothing.',
  'schema.enum-value-removed': 'Check that the scenario still exercises the case.',
  'schema.format-changed': 'Send the old format; a serializer or its settings usually changed.',
  'schema.unmasked':
    'Mask it again, and treat what was sent in clear as leaked: replace the token, look where it was logged.',
  'schema.secret-added':
    'Leave it out again, and treat what was sent as leaked; where it is meant, as of a key that is made once, accept it.',
  'schema.array-emptied': 'Check the data and the filter that the array comes from.',
  'schema.value-emptied':
    'Look for the source of the value: a mapping, a join or a default that is used for it now.',
  'schema.flag-flipped':
    'Check that the switch was meant; where it follows the time of day, or data, nothing is wrong.',
  'schema.array-filled': 'Nothing; the items are compared from the next baseline on.',
  'schema.variant-added': 'Tell the readers of the variant, or fill the field in it too.',
  'schema.body-removed': 'Send the body again, or answer 204 and tell the readers.',
  'schema.body-added': 'Nothing in a response. In a request, check that the body stays optional.',
  'schema.body-format-changed':
    'Look at the calls named as evidence: an error page or a truncated answer instead of the body is the usual cause.',
  'schema.body-became-required':
    'Check that the server still takes requests without one; then only the callers changed.',
  'schema.body-became-optional': 'Find the cases that lack it in the calls named as evidence.',
};

/** What to do about each change of headers. */
export const HEADER_ADVICE: Readonly<Record<keyof typeof HEADER_RULES, string>> = {
  'header.removed':
    'Send the header again; the default of a framework or a proxy may have changed.',
  'header.added': 'Nothing, unless the server now asks for it.',
  'header.became-optional': 'Find the cases that lack it in the calls named as evidence.',
  'header.became-required': 'Check that the server still takes requests without it.',
  'header.changed': 'Compare the two forms: shorter caching or a weaker policy has a cost.',
  'header.content-type-changed': 'Send the old media type, or serve both by the Accept header.',
};

/** Usual severities of headers. */
export const HEADER_WEIGHTS: Readonly<Record<keyof typeof HEADER_RULES, string>> = {
  'header.removed':
    'breaking where every response had it, or a third of them and no request explains it, or every request had it as a credential; warning where every request had another; info otherwise',
  'header.added': 'info; warning where every request has it',
  'header.became-optional': 'warning in a response and for a credential, info otherwise',
  'header.became-required': 'info',
  'header.changed':
    'warning; breaking where a protection, a permission or a link is gone; info for an id of the request',
  'header.content-type-changed': 'breaking',
};
