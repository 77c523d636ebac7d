import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Where each limit of the page stands in the code: what it limits, as the page says it, and the line. */
const LIMITS: readonly (readonly [row: string, limit: string, file: string, code: string])[] = [
  ['a record', '16 MiB', 'sources/record.ts', 'MAX_LINE_BYTES = 16 * 1024 * 1024'],
  [
    'records of which none is a call',
    '100,000',
    'sources/record-place.ts',
    'MAX_GARBAGE = 100_000',
  ],
  ['what compressed data expands to', '500 times', 'support/inflate.ts', 'ratio: 500'],
  [
    'a body of packets, also decompressed',
    '1 MiB',
    'sources/pcap/wire/kept-bytes.ts',
    'MAX_BODY = 1024 * 1024',
  ],
  [
    'connections of packets followed at once',
    '50,000',
    'sources/pcap/connections.ts',
    'MAX_CONNECTIONS = 50_000',
  ],
  ['names of headers that an operation', '128', 'profile/message-headers.ts', 'MAX_HEADERS = 128'],
  ['a path', '24 segments', 'calls/segment.ts', 'MAX_TOKENS = 24'],
  ['unknown words', '96', 'profile/path-trie.ts', 'MAX_WORDS = 96'],
  ['unknown words', '256', 'profile/path-trie.ts', 'MAX_NAMES = 256'],
  ['families of operations', '16,384', 'profile/families.ts', 'MAX_FAMILIES = 16_384'],
  ["depth of a body's schema", '32', 'profile/schema/limits.ts', 'MAX_DEPTH = 32'],
  ['fields of an object', '256', 'profile/schema/limits.ts', 'MAX_KEYS = 256'],
  ['members of an enumeration', '24 words', 'profile/schema/limits.ts', 'MAX_ENUM_VALUES = 24'],
  ['members of an enumeration', '40 characters', 'profile/schema/enum-values.ts', 'MAX_WORD = 40'],
  ['text that redaction reads', '64 KiB', 'calls/redact.ts', 'MAX_TEXT = 64 * 1024'],
  ['SARIF, JUnit', '25,000 results', 'report/sarif.ts', 'MAX_RESULTS = 25_000'],
  ['SARIF, JUnit', '5,000 cases', 'report/junit.ts', 'MAX_CASES = 5_000'],
  [
    'an answer of the Hub',
    'a minute',
    'sources/kubeshark/mcp-client.ts',
    'requestTimeout = 60_000',
  ],
  ['an answer of the Hub', 'seven times', 'sources/kubeshark/retry.ts', 'attempts = 7'],
  ['deleting snapshots', '10 s', 'sources/kubeshark/own-snapshots.ts', 'PATIENCE = 10_000'],
];

const page = readFileSync('docs/security.md', 'utf8');
const table = page.slice(page.indexOf('## Limits'), page.indexOf('## Secrets'));

it.each(LIMITS)('%s: the page says %s, and so does src/%s', (row, limit, file, code) => {
  const line = table.split('\n').find((one) => one.startsWith(`| ${row}`));
  expect(line).toContain(limit);
  expect(readFileSync(`src/${file}`, 'utf8')).toContain(code);
});
