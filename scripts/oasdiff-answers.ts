import type { RuleId } from '../src/compare/rules.ts';

/** What traffic shows of a kind of change between two written documents. */
export interface Answer {
  /** The whole of the ids that this answers. */
  readonly ids: RegExp;
  /** Ours that find it. None: traffic can't show it. */
  readonly rules: readonly RuleId[];
  /** When they do, or why none can. */
  readonly words: string;
}

const REFUSED = 'callers that still send the old are refused with a status they never met';
const INVISIBLE_LIMIT =
  'a limit that was loosened stands in no message: a value beyond the old one can not be told from one that was rare';

/** In the order of the page; each id fits exactly one. */
export const ANSWERS: readonly Answer[] = [
  // Promises about time
  {
    ids: /^(?!.*removed).*(?:sunset|deprecated|stability).*$/,
    rules: [],
    words:
      'a promise about the future, written in the document only; no call carries it (where the server sends a Sunset or Deprecation header, its coming and going is found as a header)',
  },
  // Operations and answers
  {
    ids: /^api-(?:path-)?removed-(?:without-deprecation|before-sunset)$/,
    rules: ['error.new-status', 'call.missing', 'coverage.not-exercised'],
    words:
      'callers that still call it get 404, 405 or 410; workloads that stopped calling it are found; where nobody calls it, it is told as not exercised. Whether its removal was announced is not seen',
  },
  {
    ids: /^response-success-status-removed$/,
    rules: ['schema.status-removed'],
    words: 'calls that did not fail are answered with another status',
  },
  {
    ids: /^webhook-removed$/,
    rules: ['call.missing'],
    words: 'a webhook is a call that the workload makes: it is no longer made',
  },
  // Media types
  {
    ids: /^(?:response-media-type-removed|response-media-type-name-generalized)$/,
    rules: ['header.content-type-changed', 'schema.body-format-changed'],
    words: 'the bodies have another media type, or are no longer what it says',
  },
  {
    ids: /^request-body-media-type-removed$/,
    rules: ['error.new-status', 'header.content-type-changed'],
    words: `${REFUSED} (415); callers that adapted send another media type`,
  },
  {
    ids: /^request-body-media-type-schema-added$/,
    rules: ['error.new-status'],
    words: REFUSED,
  },
  // What a request must have
  {
    ids: /^new-request-path-parameter$/,
    rules: ['coverage.not-exercised', 'error.new-status'],
    words:
      'another path is another operation: the old one is no longer called, or answers 404 to those who do',
  },
  {
    ids: /^new-required-request-(?:parameter|default-parameter-to-existing-path)$/,
    rules: ['schema.field-added', 'header.added', 'error.new-status'],
    words: `in every query or header of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^new-required-request-(?:property|property-with-default)$/,
    rules: ['schema.field-added', 'error.new-status'],
    words: `in every body of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^new-required-request-header-property$/,
    rules: ['header.added', 'error.new-status'],
    words: `in every request of callers that adapted; ${REFUSED}. What is inside a header is looked at only for those whose form may be kept`,
  },
  {
    ids: /^request-(?:parameter|property)-became-required(?:-with-default)?$/,
    rules: ['schema.became-required', 'header.became-required', 'error.new-status'],
    words: `always there in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-header-property-became-required$/,
    rules: ['header.became-required', 'error.new-status'],
    words: `always there in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-body-(?:added-required|became-required)$/,
    rules: ['schema.body-added', 'schema.body-became-required', 'error.new-status'],
    words: `always there in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-body-removed$/,
    rules: ['schema.body-removed', 'error.new-status'],
    words: `callers that adapted send none; ${REFUSED}`,
  },
  {
    ids: /^request-parameter-removed-before-sunset$/,
    rules: ['schema.field-removed', 'header.removed', 'error.new-status'],
    words: `gone from the query or the headers of callers that adapted; ${REFUSED}. The announced date is not seen`,
  },
  {
    ids: /^request-(?:parameter|property|parameter-property|body)-became-not-nullable$/,
    rules: ['schema.became-non-nullable', 'error.new-status'],
    words: `never null any more in requests of callers that adapted; ${REFUSED}`,
  },
  // What a request may hold
  {
    ids: /^request-(?:body|property|parameter|parameter-property)-(?:type-changed|type-specialized|list-of-types-narrowed)$/,
    rules: ['schema.type-changed', 'schema.type-narrowed', 'error.new-status'],
    words: `of another type, or of fewer, in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property|parameter|parameter-property|header-property)-(?:became-enum|enum-value-removed|x-extensible-enum-value-removed|const-added|const-changed)$/,
    rules: ['schema.enum-value-removed', 'schema.enum-value-added', 'error.new-status'],
    words: `fewer values, or another one, in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property|parameter)-(?:exclusive-)?(?:max|min)(?:-length|-items|-contains)?-(?:decreased|increased)$/,
    rules: ['error.new-status', 'error.rate-increased'],
    words: `a limit stands in no message, but ${REFUSED}`,
  },
  {
    ids: /^request-(?:property|parameter)-pattern-added$/,
    rules: ['schema.format-changed', 'error.new-status'],
    words: `${REFUSED}; callers that adapted send another format, where the pattern is of one that is known`,
  },
  {
    ids: /^request-(?:body|property)-content-(?:encoding|media-type)-changed$/,
    rules: ['schema.format-changed', 'error.new-status'],
    words: `the text has another format (base64, for one) in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property)-content-schema-added$/,
    rules: ['error.new-status'],
    words: `what a text holds inside is not looked at, but ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property)-all-of-added$/,
    rules: ['schema.field-added', 'schema.became-required', 'error.new-status'],
    words: `more fields in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property)-(?:any|one)-of-removed$/,
    rules: ['schema.type-narrowed', 'schema.enum-value-removed', 'error.new-status'],
    words: `a type, or the member that told the variant, is gone from requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-body-wrapped-in-one-of$/,
    rules: ['schema.field-added', 'schema.field-removed', 'error.new-status'],
    words: `other fields in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property)-(?:dependent-required-(?:added|changed)|dependent-schema-added|(?:if|then|else)-added)$/,
    rules: ['schema.became-required', 'error.new-status'],
    words: `a field that is there in each variant that needs it, in requests of callers that adapted; ${REFUSED}`,
  },
  {
    ids: /^request-(?:body|property)-(?:contains-added|pattern-property-added|property-names-added|prefix-items-removed|unevaluated-(?:items|properties)-added)$/,
    rules: ['schema.field-removed', 'schema.type-changed', 'error.new-status'],
    words: `${REFUSED}; callers that adapted leave out the names, or send other items`,
  },
  {
    ids: /^request-parameter-default-value-(?:added|changed|removed)$/,
    rules: [],
    words:
      'what the server takes for a parameter that is not sent stands in no message; a change of the answers for it is found as such, at the answers',
  },
  // What a response no longer promises
  {
    ids: /^response-required-property-removed$/,
    rules: ['schema.field-removed'],
    words: 'never there any more, with both counts',
  },
  {
    ids: /^response-property-became-optional$/,
    rules: ['schema.became-optional'],
    words: 'missing at times, also where it is only so inside one variant of a union',
  },
  {
    ids: /^response-(?:body|property)-became-nullable$/,
    rules: ['schema.became-nullable'],
    words: 'null at times',
  },
  {
    ids: /^response-(?:body|property)-(?:type-changed|type-generalized|list-of-types-widened)$/,
    rules: ['schema.type-changed', 'schema.format-changed'],
    words:
      'of a type or a format that it never had; a type that is only allowed, and never sent, harms nobody yet',
  },
  {
    ids: /^response-(?:body|property)-const-(?:changed|removed)$/,
    rules: ['schema.enum-value-added'],
    words: 'a constant is a set of one value: there is another one',
  },
  {
    ids: /^response-(?:body|property)-one-of-added$/,
    rules: ['schema.variant-added', 'schema.enum-value-added', 'schema.type-changed'],
    words: 'a variant, or a type, that was never there',
  },
  {
    ids: /^response-body-wrapped-in-one-of$/,
    rules: ['schema.became-optional', 'schema.field-removed', 'schema.variant-added'],
    words: 'fields that all answers had are missing in some',
  },
  {
    ids: /^response-(?:body|property)-(?:dependent-required-(?:changed|removed)|dependent-schema-removed|(?:if|then|else)-removed)$/,
    rules: ['schema.became-optional'],
    words: 'a field that was there in each variant that needs it is missing in it',
  },
  {
    ids: /^response-(?:body|property)-(?:pattern-property-removed|property-names-removed|unevaluated-properties-removed)$/,
    rules: ['schema.field-added', 'schema.type-changed'],
    words: 'names that were never there, or values of another type under names that are data',
  },
  {
    ids: /^response-(?:body|property)-(?:contains-removed|prefix-items-added|unevaluated-items-removed)$/,
    rules: ['schema.type-changed', 'schema.field-removed'],
    words: 'items, or positions of a tuple, of another type or without a field',
  },
  {
    ids: /^response-(?:body|property)-content-(?:encoding|media-type)-changed$/,
    rules: ['schema.format-changed'],
    words: 'the text has another format (base64, for one)',
  },
  {
    ids: /^response-(?:body|property)-content-schema-removed$/,
    rules: [],
    words:
      'what a text holds inside is not looked at: it is one value, and only its format is judged',
  },
  {
    ids: /^response-(?:body|property)-min-items-(?:decreased|unset)$/,
    rules: ['schema.array-emptied'],
    words: `an array that always had items never has any; otherwise ${INVISIBLE_LIMIT}`,
  },
  {
    ids: /^response-(?:body|property)-(?:exclusive-)?(?:max|min)(?:-length|-contains)?-(?:increased|decreased|unset)$/,
    rules: [],
    words: INVISIBLE_LIMIT,
  },
  // Headers of a response
  {
    ids: /^required-response-header-removed$/,
    rules: ['header.removed'],
    words: 'never there any more, with both counts',
  },
  {
    ids: /^response-header-(?:became-optional|became-nullable)$/,
    rules: ['header.became-optional'],
    words: 'missing at times; a header has no null',
  },
  {
    ids: /^response-header-type-(?:changed|generalized)$/,
    rules: ['header.changed'],
    words:
      'found for headers whose form may be kept (directives, schemes, kinds of id); values of others may be secrets and are not looked at',
  },
];
