import type { Draw } from './draw.ts';

const NAMES = [
  ...[
    'id',
    'a',
    'b',
    'kind',
    'type',
    'items',
    'status',
    '',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'hasOwnProperty',
    '$ref',
    'x-wireproof',
    '{any}',
    '[redacted]',
    'length',
    '12345',
    'a@b.example',
  ],
  ...['0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11', '2024-05-01', '/', '~', '*', 'token', '\u2028'],
];
const TEXTS = [
  ...[
    'open',
    'closed',
    'paid',
    '',
    '[redacted]',
    'x'.repeat(300),
    '2024-05-01T10:00:00Z',
    '10.0.0.1',
  ],
  ...[
    '0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11',
    'a@b.example',
    '\ud800',
    'PT5M',
    '1.5',
    'true',
    'card',
  ],
];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '1.5',
  '1e300',
  '-0',
  '9007199254740993',
  '1e-320',
  '123456789012',
];
const MAX_ITEMS = 7;

/** A JSON text made of what is drawn: unions, maps, tuples, hostile names, keys twice. */
export function jsonText(draw: Draw, depth = 0): string {
  const kind = draw.below(depth > 5 ? 7 : 12);
  if (kind === 0) return 'null';
  if (kind === 1) return draw.flag() ? 'true' : 'false';
  if (kind === 2) return draw.pick(NUMBERS);
  if (kind === 3) return String(draw.byte());
  if (kind === 4) return JSON.stringify(draw.pick(TEXTS));
  if (kind === 5) return JSON.stringify(draw.text(24));
  if (kind === 6) return number(draw.double());
  const items = Array.from({ length: draw.below(MAX_ITEMS) }, () => depth + 1);
  if (kind < 9) return `[${items.map((below) => jsonText(draw, below)).join()}]`;
  const entries = items.map((below) => `${JSON.stringify(nameOf(draw))}:${jsonText(draw, below)}`);
  return `{${entries.join()}}`;
}

export function jsonValue(draw: Draw): unknown {
  return JSON.parse(jsonText(draw));
}

function nameOf(draw: Draw): string {
  return draw.byte() < 200 ? draw.pick(NAMES) : draw.text(20);
}

function number(value: number): string {
  return Number.isFinite(value) ? JSON.stringify(value) : '7';
}
