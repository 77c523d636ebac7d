import type { Readable } from 'node:stream';
import type { Capture, SourceKind } from '../calls/observation.ts';
import { HAR } from './har/har-format.ts';
import { type OrderOf, readNdjson, readNdjsonPart } from './ndjson.ts';
import { surveyNdjson } from './ndjson-survey.ts';
import { OTLP_JSON, OTLP_PROTO } from './otlp/otlp-format.ts';
import { PCAP } from './pcap/format.ts';
import type { Near } from './record-place.ts';
import { nearCalls, type Survey, surveyCalls } from './survey.ts';

/** The beginning of a file, decompressed: bytes, and text without a byte-order mark or blanks before. */
export interface FileStart {
  readonly bytes: Buffer;
  readonly text: string;
}

/** A kind of file that holds calls. */
export interface FileFormat {
  readonly name: string;
  readonly source: SourceKind;
  /** Whether a file that begins so is of this kind. */
  readonly recognise: (start: FileStart) => boolean;
  /** The calls of a file in time order. Iterating throws CaptureError for what can't be read at all. */
  readonly read: (path: string, options: ReadOptions) => Capture;
  /** The same of a part of the time, for who need not read it all to find that. */
  readonly parts?: {
    readonly survey: (path: string) => Promise<Survey>;
    readonly read: (path: string, survey: Survey, near: Near) => Capture;
  };
}

/** What a reading may need besides the file. */
export interface ReadOptions {
  /** Files that say who has which address, for formats that hold addresses alone. */
  readonly names: readonly string[];
  /** Whether to look over a file for the order of its records first; by default so. */
  readonly order?: OrderOf;
  /** Of stdin and pipes, which can be opened once: all of it. */
  readonly stream?: Readable | undefined;
}

/** Looks over a file of calls for when they are. Throws CaptureError for what can't be read at all. */
export function surveyFile(
  { read, parts }: FileFormat,
  path: string,
  options: ReadOptions,
): Promise<Survey> {
  return parts ? parts.survey(path) : surveyCalls(read(path, options));
}

/** The calls of some times of a file that was looked over. */
export function readPart(
  { read, parts, source }: FileFormat,
  path: string,
  options: ReadOptions,
  survey: Survey,
  near: Near,
): Capture {
  const part = parts ? parts.read(path, survey, near) : nearCalls(read(path, options), near);
  return { ...part, source };
}

const NDJSON: FileFormat = {
  name: 'NDJSON (one Kubeshark call a line, also .gz and .zst)',
  source: 'calls',
  recognise: ({ text }) => /^\s*[[{]/m.test(text),
  read: (path, { order, stream }) => readNdjson(path, stream, order),
  parts: {
    survey: surveyNdjson,
    read: (path, { inOrder }, near) => readNdjsonPart(path, { inOrder, near }),
  },
};

/** Asked in this order: the last one takes what looks like JSON. */
export const FILE_FORMATS: readonly FileFormat[] = [PCAP, HAR, OTLP_JSON, OTLP_PROTO, NDJSON];
