import { readConverted } from '../converted.ts';
import type { FileFormat } from '../file-formats.ts';
import { isFramed } from './framed.ts';
import { recordsOfSpans } from './records-of-spans.ts';
import { spansOfFramedFile, spansOfJsonFile } from './spans-of-file.ts';

/** Traces in OpenTelemetry's JSON: a document a line, as file exporters write them, or one. */
export const OTLP_JSON: FileFormat = {
  name: 'OTLP traces in JSON',
  source: 'traces',
  recognise: ({ text }) => /^\{\s*"resourceSpans"\s*:/m.test(text),
  read: (path, { stream }) =>
    readConverted(
      path,
      (chunks, defects, problems) => recordsOfSpans(spansOfJsonFile(chunks, defects), problems),
      stream,
    ),
};

/** Traces as the collector's file exporter writes them in protobuf, or compressed. */
export const OTLP_PROTO: FileFormat = {
  name: 'OTLP traces in protobuf',
  source: 'traces',
  recognise: ({ bytes }) => isFramed(bytes),
  read: (path, { stream }) =>
    readConverted(
      path,
      (chunks, defects, problems) => recordsOfSpans(spansOfFramedFile(chunks, defects), problems),
      stream,
    ),
};
