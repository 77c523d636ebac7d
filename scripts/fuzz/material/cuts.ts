import { hash32 } from '../../../src/support/hash.ts';

/** Cuts bytes into chunks of 1 to `most` bytes, in a way that depends on them alone. */
function cut(bytes: Buffer, most: number): Buffer[] {
  const chunks: Buffer[] = [];
  let state = hash32(bytes.toString('latin1'));
  for (let at = 0; at < bytes.length; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const length = 1 + Math.floor((state / 2 ** 32) * most);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

const FEW_BYTES = 600;

/** Two ways to cut bytes: into single ones where they are few, and into short chunks. */
export function twoCuts(bytes: Buffer): Buffer[][] {
  return [cut(bytes, bytes.length <= FEW_BYTES ? 1 : 60), cut(bytes, 9)];
}

/** The chunks as a stream gives them. */
export async function* streamed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
