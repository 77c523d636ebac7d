import { addMatches, masked, type Span } from './masked.ts';

/**
 * Credentials as their issuers document them. Case doesn't count, since hosts, headers and SQL lose it; a
 * dash may have become an underscore. Quantifiers are bounded or follow a fixed prefix: linear time.
 */
const FORMATS: readonly string[] = [
  // Private keys in PEM: without its end, one goes on to that of the text. Keys of age.
  '-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}-----|$)',
  '(?<![A-Za-z0-9])AGE[-_]SECRET[-_]KEY[-_]1[0-9A-Z]{40,}',
  // JSON Web Tokens: header and payload are JSON objects in base64url.
  '(?<![A-Za-z0-9])eyJ[\\w-]{15,}[._]eyJ[\\w-]{6,}(?:[._][\\w-]*){0,3}',
  // GitHub, GitLab.
  '(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,}',
  '(?<![A-Za-z0-9])github_pat_\\w{30,}',
  '(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|cbt|ft|soat|agent|imt)[-_][\\w-]{18,}',
  // AWS, Google, Azure (client secrets). ASIA is a word as well, so it needs a digit behind it.
  '(?<![A-Za-z0-9])(?:A(?:KIA|ROA|IDA|BIA|CCA)|ASIA(?=[A-Z]{0,15}\\d))[A-Z0-9]{16}(?![A-Z0-9])',
  '(?<![A-Za-z0-9])AIza[\\w-]{30,}',
  '(?<![A-Za-z0-9])ya29[._][\\w-]{20,}',
  '(?<![A-Za-z0-9])GOCSPX[-_][\\w-]{20,}',
  '\\dQ~[\\w~.-]{31,34}(?![\\w~.-])',
  '(?<![A-Za-z0-9])(?:Account|SharedAccess)Key=[\\w+/]{40,}={0,2}',
  // Slack, Telegram, Discord's and Slack's webhooks.
  '(?<![A-Za-z0-9])xox[a-z][-_][\\w-]{20,}',
  '(?<![A-Za-z0-9])xapp[-_]\\d[-_][\\w-]{20,}',
  '(?<![A-Za-z0-9])hooks[.]slack[.]com/(?:services|workflows|triggers)/[\\w/-]{20,}',
  '(?<![A-Za-z0-9])discord(?:app)?[.]com/api/webhooks/[\\w/-]{20,}',
  '(?<!\\d)\\d{8,12}[:_]AA[\\w-]{30,}',
  // Stripe, Shopify, payment and mail services.
  '(?<![A-Za-z0-9])(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,}',
  '(?<![A-Za-z0-9])whsec_[\\w+/-]{16,}',
  '(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-f]{30,}',
  '(?<![A-Za-z0-9])SG[._][\\w-]{16,}[._][\\w-]{30,}',
  '(?<![A-Za-z0-9])(?:SK|AC)[0-9a-f]{32}(?![0-9a-z])',
  // Package registries, hosts, vaults, models.
  '(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,}',
  '(?<![A-Za-z0-9])pypi[-_][\\w-]{30,}',
  '(?<![A-Za-z0-9])sk[-_](?:proj|svcacct|admin|ant|or)[-_][\\w-]{20,}',
  '(?<![A-Za-z0-9])sk-[A-Za-z0-9]{32,}',
  '(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}',
  '(?<![A-Za-z0-9])hv[sbr][._][\\w-]{20,}',
  '(?<![A-Za-z0-9])dckr_(?:pat|oat)_[\\w-]{20,}',
  '(?<![A-Za-z0-9])do[por]_v1_[0-9a-f]{40,}',
  '(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?![0-9a-z])',
  '(?<![A-Za-z0-9])gl(?:sa|c)_[\\w=]{30,}',
];

const ANY = new RegExp(FORMATS.join('|'), 'i');
const EACH = FORMATS.map((format) => new RegExp(format, 'gi'));
/** No format is shorter. */
const SHORTEST = 16;

/** Whether a credential of a known format stands in a text. */
export function holdsCredential(text: string): boolean {
  return text.length >= SHORTEST && ANY.test(text);
}

/** The credentials of known formats in a text, also those that one of another format reaches into. */
export function addCredentials(spans: Span[], text: string): void {
  if (!holdsCredential(text)) return;
  for (const format of EACH) addMatches(spans, text, format);
}

/** The text with a mark for each credential of a known format in it. */
export function replaceCredentials(text: string, mark: string): string {
  const spans: Span[] = [];
  addCredentials(spans, text);
  return masked(text, spans, mark);
}
