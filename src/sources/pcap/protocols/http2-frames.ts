/** Frames that are read. RFC 9113, 6. */
export const FrameType = {
  data: 0,
  headers: 1,
  reset: 3,
  pushPromise: 5,
  continuation: 9,
} as const;

export const FLAGS = { endStream: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

const HEAD = 9;

export function streamOf(frame: Buffer): number {
  return frame.readUInt32BE(5) & 0x7fffffff;
}

/** What a frame carries, without its padding. */
export function payloadOf(frame: Buffer): Buffer {
  const payload = frame.subarray(HEAD);
  if (((frame[4] ?? 0) & FLAGS.padded) === 0) return payload;
  const padding = payload.readUInt8(0);
  return payload.subarray(1, Math.max(1, payload.length - padding));
}

/** The part of a header block that a HEADERS or PUSH_PROMISE frame carries. */
export function priorityFree(frame: Buffer): Buffer {
  const payload = payloadOf(frame);
  if (frame[3] === FrameType.pushPromise) return payload.subarray(4);
  return ((frame[4] ?? 0) & FLAGS.priority) === 0 ? payload : payload.subarray(5);
}
