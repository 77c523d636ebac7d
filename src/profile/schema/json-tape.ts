/** Numbers that a token takes on the tape: what it is, where it starts in the text, where it ends. */
export const STRIDE = 3;

export const TOKEN = {
  null: 0,
  boolean: 1,
  /** An optional minus and digits that add up without loss. */
  integer: 2,
  number: 3,
  /** From behind its first quote up to its last one. */
  string: 4,
  /** A string with escapes in it. */
  escaped: 5,
  array: 6,
  object: 7,
} as const;

/** Deeper text is left to the parser. */
const MAX_DEPTH = 64;
/** Digits that add up without loss. */
const MAX_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

let tape = new Int32Array(STRIDE * 4096);
/** Where the next token goes. */
let top = 0;

/**
 * JSON text as a row of tokens, three numbers each (`STRIDE`), in the order of the text: a container,
 * then what is inside, a name before each value of an object. A container has a second token behind
 * it: how many values it holds, where on the tape it is over, and whether it holds a container. Nothing
 * that a parser builds is built. Undefined where the text isn't surely JSON (RFC 8259), or has what is
 * rare (an exponent, an escape in a name, great depth): then `JSON.parse` has to say. The tape is
 * valid until the next call.
 */
export function tapeOf(text: string): Int32Array | undefined {
  top = 0;
  const end = value(text, blank(text, 0), 0);
  return end < 0 || blank(text, end) < text.length ? undefined : tape;
}

/** Where the next character is that isn't white space. */
function blank(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code <= SPACE; code = text.charCodeAt(++at)) {
    if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
  }
  return at;
}

/** Puts the value at `at` on the tape; where it ends in the text, or −1. */
function value(text: string, at: number, depth: number): number {
  const code = text.charCodeAt(at);
  if (code === QUOTE) return string(text, at + 1);
  if (code === OPEN_BRACE) return depth < MAX_DEPTH ? object(text, at, depth) : -1;
  if (code === OPEN_BRACKET) return depth < MAX_DEPTH ? array(text, at, depth) : -1;
  if (code === MINUS || (code >= ZERO && code <= 0x39)) return number(text, at);
  if (text.startsWith('true', at)) return put(TOKEN.boolean, at, at + 4);
  if (text.startsWith('false', at)) return put(TOKEN.boolean, at, at + 5);
  return text.startsWith('null', at) ? put(TOKEN.null, at, at + 4) : -1;
}

/** Puts a token on the tape; returns its end. */
function put(token: number, start: number, end: number): number {
  if (top + 2 * STRIDE > tape.length) grow();
  tape[top] = token;
  tape[top + 1] = start;
  tape[top + 2] = end;
  top += STRIDE;
  return end;
}

function grow(): void {
  const larger = new Int32Array(tape.length * 2);
  larger.set(tape);
  tape = larger;
}

function string(text: string, start: number): number {
  let at = start;
  let token: number = TOKEN.string;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
    // The end of the text is NaN, and fails this as a control does.
    if (!(code >= SPACE)) return -1;
    if (code !== BACKSLASH) continue;
    if (!isEscape(text, at + 1)) return -1;
    token = TOKEN.escaped;
    at++;
  }
  put(token, start, at);
  return at + 1;
}

function isEscape(text: string, at: number): boolean {
  if (text[at] !== 'u') return '"\\/bfnrt'.includes(text[at] ?? ' ');
  return /^[\da-f]{4}$/i.test(text.slice(at + 1, at + 5));
}

function number(text: string, start: number): number {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  const whole = digits(text, first);
  if (whole === first) return -1;
  if (text.charCodeAt(first) === ZERO && whole > first + 1) return -1;
  let at = whole;
  if (text.charCodeAt(at) === DOT) {
    at = digits(text, whole + 1);
    if (at === whole + 1) return -1;
  }
  // 'e' or 'E'
  if ((text.charCodeAt(at) | 0x20) === 0x65) return -1;
  return put(at === whole && whole - first <= MAX_DIGITS ? TOKEN.integer : TOKEN.number, start, at);
}

/** Where the digits that begin at `from` end. */
function digits(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= 0x39; ) code = text.charCodeAt(++at);
  return at;
}

function array(text: string, start: number, depth: number): number {
  const mine = openAt(TOKEN.array, start);
  let at = blank(text, start + 1);
  if (text.charCodeAt(at) === CLOSE_BRACKET) return close(mine, 0, at, false);
  let nested = false;
  for (let count = 1; ; count++) {
    const token = top;
    at = value(text, at, depth + 1);
    if (at < 0) return -1;
    if ((tape[token] as number) >= TOKEN.array) nested = true;
    at = blank(text, at);
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACKET) return close(mine, count, at, nested);
    if (code !== COMMA) return -1;
    at = blank(text, at + 1);
  }
}

function object(text: string, start: number, depth: number): number {
  const mine = openAt(TOKEN.object, start);
  let at = blank(text, start + 1);
  if (text.charCodeAt(at) === CLOSE_BRACE) return close(mine, 0, at, false);
  let nested = false;
  for (let count = 1; ; count++) {
    if (text.charCodeAt(at) !== QUOTE) return -1;
    const name = top;
    at = string(text, at + 1);
    if (at < 0 || tape[name] === TOKEN.escaped) return -1;
    at = blank(text, at);
    if (text.charCodeAt(at) !== COLON) return -1;
    const token = top;
    at = value(text, blank(text, at + 1), depth + 1);
    if (at < 0) return -1;
    if ((tape[token] as number) >= TOKEN.array) nested = true;
    at = blank(text, at);
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACE) return close(mine, count, at, nested);
    if (code !== COMMA) return -1;
    at = blank(text, at + 1);
  }
}

/** Puts the two tokens of a container on the tape; where they are. */
function openAt(token: number, start: number): number {
  const mine = top;
  put(token, start, 0);
  put(0, 0, 0);
  return mine;
}

function close(mine: number, count: number, at: number, nested: boolean): number {
  tape[mine + 2] = at + 1;
  tape[mine + STRIDE] = count;
  tape[mine + STRIDE + 1] = top;
  tape[mine + STRIDE + 2] = nested ? 1 : 0;
  return at + 1;
}
