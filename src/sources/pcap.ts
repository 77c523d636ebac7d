/** What of a file is whole packets. */
export interface PcapExtent {
  readonly packets: number;
  /** Bytes up to the end of the last packet that is there whole. */
  readonly end: number;
}

const MAX_PACKET = 256 * 1024 * 1024;

/**
 * Walks a capture of packets, in the classic format (libpcap's, either byte order, micro- or
 * nanoseconds) or as pcapng. Undefined for anything else.
 */
export function measurePcap(bytes: Buffer): PcapExtent | undefined {
  if (bytes.length < 24) return undefined;
  const magic = bytes.readUInt32LE(0);
  if (magic === 0xa1b2c3d4 || magic === 0xa1b23c4d) return walkClassic(bytes, 'readUInt32LE');
  if (magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1) return walkClassic(bytes, 'readUInt32BE');
  if (magic !== 0x0a0d0d0a) return undefined;
  const order = bytes.readUInt32LE(8);
  if (order === 0x1a2b3c4d) return walkBlocks(bytes, 'readUInt32LE');
  return order === 0x4d3c2b1a ? walkBlocks(bytes, 'readUInt32BE') : undefined;
}

type Read = 'readUInt32LE' | 'readUInt32BE';

function walkClassic(bytes: Buffer, read: Read): PcapExtent {
  let end = 24;
  let packets = 0;
  while (end + 16 <= bytes.length) {
    const length = bytes[read](end + 8);
    if (length > MAX_PACKET || end + 16 + length > bytes.length) break;
    end += 16 + length;
    packets += 1;
  }
  return { packets, end };
}

/** Types of the blocks that hold a packet. */
const PACKETS: ReadonlySet<number> = new Set([2, 3, 6]);

function walkBlocks(bytes: Buffer, read: Read): PcapExtent {
  let end = 0;
  let packets = 0;
  while (end + 12 <= bytes.length) {
    const length = bytes[read](end + 4);
    if (length < 12 || length % 4 !== 0 || end + length > bytes.length) break;
    if (PACKETS.has(bytes[read](end))) packets += 1;
    end += length;
  }
  return { packets, end };
}
