/** Parameters whose value is a secret, whatever it looks like. */
const PARAMETER =
  /[?&;](access_?token|api_?key|api-key|auth_?token|client_?secret|secret_?key|secret|private_?key|refresh_?token|id_?token|password|passwd|passphrase|jwt|card_?number|cc_?number|cvv|cvc|ssn)=([^&#;\s]{3,512})/gi;
/** Signed addresses and one-time links are made for the URL, and end by themselves. */
const SIGNED = /[?&](?:x-amz-signature|x-goog-signature|signature|sig|hmac)=/i;
/** No secret: what stands for one, says that there is none, or is a switch. */
const PLACEHOLDER =
  /^(?:\*+|x{3,}|null|none|true|false|yes|no|undefined|(?:%5b|\[)?redacted|(?:%3c|%7b|%24|[<{$]).*)/i;
/** Formats that are secrets wherever they stand; all but the last need no name. */
const FORMATS: readonly (readonly [what: string, RegExp])[] = [
  ['a JSON Web Token', /\beyJ[\w-]{8,512}\.eyJ[\w-]{8,4096}\.[\w-]{8}/],
  ['a key of Stripe', /\b[sr]k_live_[\w]{10}/],
  ['a token of GitHub', /\b(?:gh[pousr]_\w{30}|github_pat_\w{30})/],
  ['a token of GitLab', /\bglpat-[\w-]{16}/],
  ['a token of Slack', /\bxox[abprs]-[\w-]{10}/],
  ['a key of Google', /\bAIza[\w-]{30}/],
  [
    'a private key',
    /-----BEGIN(?: |%20|\+)(?:[A-Z]{2,10}(?: |%20|\+)){0,3}PRIVATE(?: |%20|\+)KEY-----/,
  ],
];
/** Without one of these, there is nothing to look for. */
const HINT = /[?;@]|eyJ|_live_|gh[pousr]_|github_pat|glpat|xox|AIza|PRIVATE/;
const MAX_READ = 8192;
const USER_INFO = /^[a-z][a-z0-9+.-]{0,15}:\/\/[^\s/?#@:]{1,128}:([^\s/?#@]{1,128})@/i;

export interface UrlSecret {
  /** `query access_token`, `path`; names from a fixed list only. */
  readonly place: string;
  readonly what: string;
  /** To recognise it again in the same slot; never shown. */
  readonly value: string;
}

/** The first secret in a request’s target. Linear in its length. */
export function secretInUrl(target: string): UrlSecret | undefined {
  const text = target.length > MAX_READ ? target.slice(0, MAX_READ) : target;
  if (!HINT.test(text)) return undefined;
  const user = USER_INFO.exec(text)?.[1];
  if (user !== undefined) return { place: 'authority', what: 'a password', value: user };
  const query = text.indexOf('?');
  for (const [what, format] of FORMATS) {
    const found = format.exec(text);
    if (!found || SIGNED.test(text)) continue;
    return { place: query >= 0 && found.index > query ? 'query' : 'path', what, value: found[0] };
  }
  for (const [, name = '', value = ''] of text.matchAll(PARAMETER)) {
    const plain = name.toLowerCase().replace(/[_-]/g, '');
    if (PLACEHOLDER.test(value) || (value.length < 6 && !/^(?:cvv|cvc)$/.test(plain))) continue;
    return { place: `query ${plain}`, what: 'what is a secret by its name', value };
  }
  return undefined;
}
