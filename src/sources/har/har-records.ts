import { memberOf } from '../json-member.ts';
import { DocumentSplitter, type ElementArray } from '../ndjson-document.ts';
import type { Defects } from '../ndjson-records.ts';
import { MAX_LINE_BYTES } from '../record.ts';
import { text } from '../record-fields.ts';
import { entryRecords } from './entry.ts';

const ENTRIES: ElementArray = { key: /"entries"\s*:\s*$/, depth: 2 };
/** Who made the requests, where the archive doesn't say. */
const CLIENT = 'client';

/**
 * The entries of an archive as records, one by one: only what stands before them is held. An entry
 * that is too long to be held is undefined, one that is none becomes a record that can't be read.
 */
export async function* harRecords(
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
): AsyncGenerator<readonly (string | undefined)[]> {
  const splitter = new DocumentSplitter(MAX_LINE_BYTES, ENTRIES);
  let caller: string | undefined;
  let index = 0;
  for await (const chunk of chunks) {
    const records: (string | undefined)[] = [];
    const pieces = splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    for (const { kind, text } of pieces) {
      if (kind === 'wrapper') continue;
      caller ??= callerOf(splitter.before);
      if (kind === 'too-long') records.push(undefined);
      else records.push(...entryRecords(parsed(text), index, caller).map(lineOf));
      index++;
    }
    yield records;
  }
  if (splitter.open) defects.cut = true;
}

/** The browser, else what wrote the archive, by its name: a version is no other caller. */
function callerOf(before: string): string {
  const log = memberOf(parsed(`${before}]}}`), 'log');
  const name = [memberOf(log, 'browser'), memberOf(log, 'creator')]
    .map((who) => text(memberOf(who, 'name'), 64)?.trim().toLowerCase())
    .find((known) => known);
  return name ?? CLIENT;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function lineOf(record: object): string {
  return JSON.stringify(record);
}
