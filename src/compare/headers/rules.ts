import type { Rule } from '../rules.ts';

/** Rules of headers and of the body's media type. */
export const HEADER_RULES = {
  'header.removed': {
    category: 'schema-change',
    weight:
      'breaking where every response had it, or a third of them and no request explains it, or every request had it as a credential; warning where every request had another; info otherwise',
    means: 'A header is never there any more.',
    why: 'Caches, browsers and clients act on it (Cache-Control, ETag, Location, …); a server may need it (Authorization).',
    advice: 'Send the header again; the default of a framework or a proxy may have changed.',
  },
  'header.added': {
    category: 'schema-change',
    weight: 'info; warning where every request has it',
    means: 'A header is there that never was.',
    why: 'Harmless as a rule; in requests, a sign that the server now asks for it.',
    advice: 'Nothing, unless the server now asks for it.',
  },
  'header.became-optional': {
    category: 'schema-change',
    weight:
      'warning in a response and for a credential (breaking where nine in ten messages lack it, and a tenth or fewer did), info otherwise',
    means: 'A header that was always there is missing at times, or mostly where it seldom was.',
    why: 'As with a removed header, at times.',
    advice: 'Find the cases that lack it in the calls named as evidence.',
  },
  'header.became-required': {
    category: 'schema-change',
    weight: 'info',
    means: 'A header that was there at times is always there.',
    why: 'In requests, a sign that the server now asks for it.',
    advice: 'Check that the server still takes requests without it.',
  },
  'header.changed': {
    category: 'schema-change',
    weight:
      'warning; breaking where a protection, a permission, a link or a cookie’s path for all of the site is gone, or the key that tells requests apart is always the same; info for an id of the request',
    means:
      'A header says something that it never said, or always the same where it told callers or requests apart.',
    why: 'Other directives of caching or security (scripts from anywhere), another scheme of authorization, a session’s cookie of another name, another character set of a text. What protects or leads on (HttpOnly, private, a next page) breaks whoever relies on it when it is gone. One token for all users is the service’s own; one idempotency key for all requests makes all but the first void.',
    advice: 'Compare the two forms: shorter caching or a weaker policy has a cost.',
  },
  'header.content-type-changed': {
    category: 'schema-change',
    weight: 'breaking',
    means: 'The body has another media type.',
    why: 'Readers pick their parser by it.',
    advice: 'Send the old media type, or serve both by the Accept header.',
  },
} as const satisfies Record<string, Rule>;
