import { readConverted } from '../converted.ts';
import type { FileFormat } from '../file-formats.ts';
import { harRecords } from './har-records.ts';

/** HTTP Archive 1.2, as browsers, proxies and Playwright write it. */
export const HAR: FileFormat = {
  name: 'HAR 1.2',
  source: 'har',
  recognise: ({ text }) => /^\{\s*"log"\s*:\s*\{/.test(text),
  read: (path, { stream }) => readConverted(path, harRecords, stream),
};
