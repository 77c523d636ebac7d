import type { Call } from '../../../calls/call.ts';
import { textOf } from '../../../calls/protocols/text.ts';

const HTTP = new Set('http https http2 graphql gql ws websocket'.split(' '));
/** Servers whose work it is to hand out secrets. */
const KEEPER = /vault|secret|config|credential|consul|keycloak/i;
const MAX_BODY = 16_384;
/** Without one of these, there is nothing to look for. */
const HINT =
  /k_live_|gh[posru]_|github_pat_|glpat-|xox[abprs]-|sk-(?:proj|ant|svcacct)-|secret_?access_?key|\$2[abxy]\$|\$argon2|pbkdf2_sha/i;
/** No tokens that sign-ins answer with, nor keys that pages show to everybody. */
const FORMATS: readonly (readonly [what: string, RegExp])[] = [
  ['a key of Stripe', /\b[sr]k_live_[A-Za-z0-9]{16}/],
  ['a token of GitHub', /\b(?:gh[posru]_[A-Za-z0-9]{36}|github_pat_\w{30})/],
  ['a token of GitLab', /\bglpat-[\w-]{20}/],
  ['a token of Slack', /\bxox[abprs]-[\w-]{20}/],
  ['a key of a model’s API', /\bsk-(?:proj|ant|svcacct)-[\w-]{20}/],
  [
    'a secret key of AWS',
    /secret_?access_?key["']?[>\s]{0,4}[:=]?\s{0,4}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  ],
  [
    'a hash of a password',
    /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|\$argon2(?:id|i|d)\$v=\d{1,3}\$m=\d|pbkdf2_sha(?:256|512)\$\d{4,8}\$/,
  ],
];

/** What of a secret a server of the cluster answers with; by published formats, never its value. */
export function responseSecret({ protocol, dst, responseBody }: Call): string | undefined {
  const { kind, name } = dst.workload;
  if (!HTTP.has(protocol) || (kind !== 'service' && kind !== 'owner') || KEEPER.test(name)) {
    return undefined;
  }
  const text = textOf(responseBody).slice(0, MAX_BODY);
  if (!HINT.test(text)) return undefined;
  return FORMATS.find(([, format]) => format.test(text))?.[0];
}
