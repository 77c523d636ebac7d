const MAX_TRIES = 1_500;

/** A smaller input that still `fails`, found by leaving parts out. */
export async function shrink(
  input: Uint8Array,
  fails: (input: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let best = input;
  let tries = 0;
  for (let size = Math.ceil(best.length / 2); size > 0 && tries < MAX_TRIES; ) {
    let shorter = false;
    for (let at = 0; at < best.length && tries < MAX_TRIES; ) {
      const without = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      tries++;
      if (await fails(without)) {
        best = without;
        shorter = true;
      } else at += size;
    }
    if (!shorter || size > best.length) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return best;
}
