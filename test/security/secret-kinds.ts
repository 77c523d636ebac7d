import { type Random, random, word } from '../support/random.ts';

/** A made-up secret as it may stand in traffic, and the part of it that nobody may see again. */
export interface Secret {
  readonly kind: string;
  /** As it stands in a value. */
  readonly text: string;
  /** What must be in no output. */
  readonly core: string;
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = '0123456789abcdef';
const ALNUM = `${UPPER}${LOWER}${DIGITS}`;
const URL64 = `${ALNUM}-_`;

type Make = (next: Random) => string | Omit<Secret, 'kind'>;
/** A prefix that may be seen, and behind it what may not. */
const behind =
  (prefix: string, length: number, alphabet = ALNUM): Make =>
  (next) => {
    const core = word(next, length, alphabet);
    return { text: prefix + core, core };
  };
const within =
  (before: string, core: (next: Random) => string, after: string): Make =>
  (next) => {
    const hidden = core(next);
    return { text: before + hidden + after, core: hidden };
  };
const letters =
  (length: number, alphabet = ALNUM) =>
  (next: Random) =>
    word(next, length, alphabet);

/** Formats that are secrets wherever they stand, as their issuers document them. */
export const TOKEN_KINDS: Readonly<Record<string, Make>> = {
  'GitHub, classic': behind('ghp_', 36),
  'GitHub, OAuth': behind('gho_', 36),
  'GitHub, app': behind('ghs_', 36),
  'GitHub, fine-grained': behind('github_pat_', 82, `${ALNUM}_`),
  'GitLab, personal': behind('glpat-', 20, URL64),
  'GitLab, deploy': behind('gldt-', 20, URL64),
  'GitLab, runner': behind('glrt-', 20, URL64),
  'AWS, access key': behind('AKIA', 16, `${UPPER}234567`),
  'AWS, session key': behind('ASIA', 16, `${UPPER}234567`),
  'GCP, API key': behind('AIza', 35, URL64),
  'GCP, OAuth token': behind('ya29.', 60, URL64),
  'GCP, OAuth client secret': behind('GOCSPX-', 28, URL64),
  'Azure, client secret': (next) => {
    const core = `${word(next, 3, ALNUM)}8Q~${word(next, 34, ALNUM)}`;
    return { text: core, core: core.slice(6) };
  },
  'Azure, storage key': within('AccountKey=', letters(86), '=='),
  'Slack, bot': behind('xoxb-', 40, `${ALNUM}-`),
  'Slack, app': behind('xapp-1-', 40, `${ALNUM}-`),
  'Stripe, live': behind('sk_live_', 24),
  'Stripe, restricted': behind('rk_live_', 24),
  'Stripe, webhook': behind('whsec_', 32),
  npm: behind('npm_', 36),
  PyPI: behind('pypi-AgEIcHlwaS5vcmc', 60, URL64),
  OpenAI: behind('sk-proj-', 48, URL64),
  Anthropic: behind('sk-ant-api03-', 60, URL64),
  'Hugging Face': behind('hf_', 34),
  Vault: behind('hvs.', 40, URL64),
  Docker: behind('dckr_pat_', 27, URL64),
  DigitalOcean: behind('dop_v1_', 64, HEX),
  Shopify: behind('shpat_', 32, HEX),
  SendGrid: (next) => {
    const core = word(next, 43, URL64);
    return { text: `SG.${word(next, 22, URL64)}.${core}`, core };
  },
  Twilio: behind('SK', 32, HEX),
  Databricks: behind('dapi', 32, HEX),
  Grafana: behind('glsa_', 32),
  Telegram: (next) => {
    const core = word(next, 33, URL64);
    return { text: `${word(next, 10, '123456789')}:AA${core}`, core };
  },
  age: behind('AGE-SECRET-KEY-1', 58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'),
  JWT: (next) => {
    const payload = Buffer.from(`{"sub":"${word(next, 24, ALNUM)}"}`).toString('base64url');
    const core = `${payload}.${word(next, 43, URL64)}`;
    return { text: `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${core}`, core };
  },
};

/** Secrets with spaces, slashes or colons in them: they stand in values, not in names. */
export const TEXT_KINDS: Readonly<Record<string, Make>> = {
  'private key': within(
    '-----BEGIN PRIVATE KEY-----\n',
    (next) => `${word(next, 64, ALNUM)}\n${word(next, 64, ALNUM)}`,
    '\n-----END PRIVATE KEY-----',
  ),
  'basic authentication in a URL': within('https://app:', letters(14), '@db.example/x'),
  'PostgreSQL connection': within('postgres://app:', letters(14), '@db:5432/orders'),
  'SQL Server connection': within('Server=db;User Id=app;Password=', letters(14), ';Encrypt=true'),
  'Azure, shared access': within(
    'https://x.blob.core.windows.net/c?sv=2024-11-04&sig=',
    letters(43),
    '%3D',
  ),
  'Slack, webhook': within(
    'https://hooks.slack.com/services/T00000000/B00000000/',
    letters(24),
    '',
  ),
  'Basic credentials': (next) => {
    const core = Buffer.from(`app:${word(next, 18, ALNUM)}`).toString('base64');
    return { text: `Basic ${core}`, core: core.replace(/=+$/, '') };
  },
  'Bearer token': within('Bearer ', letters(32), ''),
  'card number': (next) => {
    const core = card(next);
    return { text: core.replace(/(\d{4})(?=\d)/g, '$1 '), core };
  },
  'card number in one': card,
  'e-mail address': (next) => {
    const core = word(next, 12, LOWER);
    return { text: `${core}@mail.example`, core };
  },
  'phone number': (next) => `+4930${word(next, 8, DIGITS)}`,
};

/** Sixteen digits that a Visa card could have: the last by Luhn. */
function card(next: Random): string {
  const digits = `4${word(next, 14, DIGITS)}`;
  const sum = [...digits].reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}

/** So many secrets of each kind; another seed gives others. */
export function secretsOf(
  kinds: Readonly<Record<string, Make>>,
  each: number,
  seed: number,
): Secret[] {
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({ length: each }, (_, i) => {
      const next = random(seed, kind, i);
      for (;;) {
        const made = make(next);
        const secret = typeof made === 'string' ? { text: made, core: made } : made;
        // A word that chance made plain would be found where nothing leaked.
        if (new Set(secret.core).size > 5) return { kind, ...secret };
      }
    }),
  );
}
