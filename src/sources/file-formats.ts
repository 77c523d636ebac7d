import type { Capture } from '../calls/observation.ts';
import { readNdjson } from './ndjson.ts';
import { PCAP } from './pcap/format.ts';

/** The beginning of a file, decompressed: its bytes, and the same as text without a byte-order mark or blanks before. */
export interface FileStart {
  readonly bytes: Buffer;
  readonly text: string;
}

/** A kind of file that holds calls. */
export interface FileFormat {
  readonly name: string;
  /** Whether a file that begins so is of this kind. */
  readonly recognise: (start: FileStart) => boolean;
  /** The calls of a file in time order. Iterating throws CaptureError for what can't be read at all. */
  readonly read: (path: string, options: ReadOptions) => Capture;
}

/** What a reading may need besides the file. */
export interface ReadOptions {
  /** Files that say who has which address, for formats that hold addresses alone. */
  readonly names: readonly string[];
}

const NDJSON: FileFormat = {
  name: 'NDJSON (one Kubeshark call a line, also .gz and .zst)',
  recognise: ({ text }) => /^\s*[[{]/m.test(text),
  read: (path) => readNdjson(path),
};

/** Asked in this order: the last one takes what looks like JSON. */
export const FILE_FORMATS: readonly FileFormat[] = [PCAP, NDJSON];
