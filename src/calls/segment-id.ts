import { literal } from './segment.ts';

/** Words of the trade with digits in them. */
const technical = /^(?:sha\d{3}|iso\d{4}|rfc\d{3,4}|x509|h26\d|utf\d\d|base\d\d|x86|x64|md5)/i;

const firm = /[bcdfghjklmnpqrstvwxz]{5}/i;
const hard = /[bcdfghjklmnpqrstvwxz]{8}/i;

interface Shape {
  readonly digits: number;
  readonly lowers: number;
  readonly uppers: number;
  /** Places where letters meet digits. */
  readonly borders: number;
  /** Places where upper case meets lower case. */
  readonly humps: number;
  readonly hex: boolean;
}

/**
 * The class of an id, alone (`{hex}`, `{ulid}`, `{token}`), behind a word (`acct_{token}`,
 * `PROJ-{int}`) or in a slug; undefined for what may be a word.
 */
export function idClass(text: string): string | undefined {
  const whole = partClass(text);
  if (whole) return whole;
  const parts = text.split(/[-_.~+]/);
  if (parts.length === 1) return letteredInt(text);
  const last = parts.at(-1) as string;
  if (isPrefixed(text)) return `${literal(text.slice(0, text.length - last.length))}{token}`;
  if (isMixed(text)) return '{token}';
  const varying = parts.filter((part) => isId(part, parts.length)).length;
  if (varying === 0) return parts.length > 5 ? '{slug}' : undefined;
  if (varying === parts.length) return '{token}';
  if (parts.length > 3 || !isId(last, parts.length) || varying > 1) return '{slug}';
  return literal(text.slice(0, text.length - last.length)) + (partClass(last) ?? '{token}');
}

/** The class of a run of letters and digits that is an id on its own. */
function partClass(text: string): string | undefined {
  if (!/^[A-Za-z0-9]+$/.test(text)) return undefined;
  if (/^\d+$/.test(text)) return '{int}';
  const s = shapeOf(text);
  if (s.digits > 0 && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text)) return '{ulid}';
  if (s.hex && text.length >= 7 && s.digits >= 1) return '{hex}';
  if (text.length >= 6 && s.digits >= 2 && s.borders >= 3) return '{token}';
  if (text.length >= 7 && s.digits >= 2 && s.borders >= 2 && !technical.test(text))
    return '{token}';
  if (text.length >= 5 && s.digits >= 2 && s.lowers === 0 && s.borders >= 2) return '{token}';
  if (s.digits > 0 && /^[A-Za-z]{1,8}[0-9a-f]{24,}$/i.test(text)) return '{token}';
  if (/^\d{3,}[A-Za-z]+$/.test(text)) return '{token}';
  if (text.length >= 16 && s.digits >= 1 && s.humps + s.borders >= 5) return '{token}';
  if (text.length >= 7 && isScrambled(text, s)) return '{token}';
  return undefined;
}

/** `user123`, `Q42`: a word or letter with its number. One or two digits may belong to a word (`oauth2`). */
function letteredInt(text: string): string | undefined {
  const match = /^([A-Za-z]{1,24})(\d+)$/.exec(text);
  if (!match) return undefined;
  const [, letters = '', digits = ''] = match;
  if (technical.test(text)) return undefined;
  const short = letters.length <= 3 && letters === letters.toUpperCase();
  return digits.length >= 3 || (short && digits.length >= 2) ? `${letters}{int}` : undefined;
}

/** Whether a part beside other parts is an id: what follows a word and a dash may be shorter. */
function isId(part: string, parts: number): boolean {
  if (partClass(part) || letteredInt(part)) return part.length > 1 || parts === 2;
  const s = shapeOf(part);
  if (part.length >= 6 && s.digits >= 1 && s.borders >= 1 && s.humps + s.borders >= 2) return true;
  return part.length >= 8 && isScrambled(part, s);
}

/** `cus_NffrFeUfNV2Hib`, `in_TyoHQdiGkkoddl`: a short prefix with an id of both cases behind it. */
function isPrefixed(text: string): boolean {
  const match = /^[a-z]{1,8}_([A-Za-z0-9]{10,})$/.exec(text);
  if (!match?.[1]) return false;
  const { uppers, lowers } = shapeOf(match[1]);
  return uppers >= 2 && lowers >= 2;
}

/** base64url text whose dashes are not separators. */
function isMixed(text: string): boolean {
  if (text.length < 10 || !/^[\w-]+$/.test(text)) return false;
  const s = shapeOf(text);
  if ((s.digits === 0 && text.length < 16) || s.uppers === 0 || s.lowers === 0) return false;
  return (s.humps + s.borders) / text.length >= (text.length < 16 ? 0.36 : 0.3);
}

/** Letters of both cases that make no camelCase: its parts are words, so longer, and can be said. */
function isScrambled(text: string, s: Shape): boolean {
  if (s.uppers < 2 || s.lowers < 2) return false;
  const { length } = text;
  if (length < 9) return (s.humps + s.borders) / length >= 0.55;
  const parts = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)?.length ?? 1;
  if (length / parts < 2.5) return true;
  if (length >= 16 && hard.test(text)) return true;
  return (s.humps + s.borders) / length >= 0.25 && firm.test(text);
}

function shapeOf(text: string): Shape {
  let digits = 0;
  let lowers = 0;
  let uppers = 0;
  let borders = 0;
  let humps = 0;
  let hex = true;
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const kind = kindOf(text.charCodeAt(i));
    if (kind === 1) digits++;
    else if (kind === 2) lowers++;
    else if (kind === 3) uppers++;
    if (before > 0 && kind > 0 && kind !== before) {
      if (kind === 1 || before === 1) borders++;
      else humps++;
    }
    before = kind;
    if (kind > 1 && (text.charCodeAt(i) | 32) > 102) hex = false;
  }
  return { digits, lowers, uppers, borders, humps, hex };
}

/** 1 digit, 2 lower case, 3 upper case, 0 other. */
function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return 1;
  if (code >= 97 && code <= 122) return 2;
  return code >= 65 && code <= 90 ? 3 : 0;
}
