import type { FileFormat } from '../file-formats.ts';
import { readPcap } from './read-pcap.ts';

/** Classic captures in either byte order, with micro- or nanoseconds, and pcapng. */
const MAGIC = new Set(['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '0a0d0d0a']);

export const PCAP: FileFormat = {
  name: 'PCAP and PCAPNG (through tshark)',
  source: 'packets',
  recognise: ({ bytes }) => MAGIC.has(bytes.toString('hex', 0, 4)),
  read: (path, { names, stream }) => readPcap(path, names, stream),
};
