/** Lengths of the codes of the bytes 0 to 255, in bits. RFC 7541, appendix B: the code is canonical. */
const LENGTHS = `
  13 23 28 28 28 28 28 28 28 24 30 28 28 30 28 28 28 28 28 28 28 28 30 28 28 28 28 28 28 28 28 28
  6 10 10 12 13 6 8 11 10 10 8 11 8 6 6 6 5 5 5 6 6 6 6 6 6 6 7 8 15 6 12 10
  13 6 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 8 7 8 13 19 13 14 6
  15 5 6 5 6 5 6 6 6 5 7 7 6 6 6 5 6 7 6 5 5 6 7 7 7 7 7 15 11 14 13 28
  20 22 20 20 22 22 22 23 22 23 23 23 23 23 24 23 24 24 22 23 24 23 23 23 23 21 22 23 22 23 23 24
  22 21 20 22 22 23 23 21 23 22 22 24 21 22 23 23 21 21 22 21 23 22 23 23 20 22 22 22 23 22 22 23
  26 26 20 19 22 23 22 25 26 26 26 27 27 26 24 25 19 21 26 27 27 26 27 24 21 21 26 26 28 27 27 27
  20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23 26 27 26 26 27 27 27 27 27 28 27 27 27 27 27 26`
  .trim()
  .split(/\s+/)
  .map(Number);

/** Two entries a node: where a 0 and a 1 lead; a byte's own node is its complement. */
const TREE = treeOf(LENGTHS);

/** Text in the Huffman code of HPACK. Throws RangeError for what is none. */
export function decodeHuffman(bytes: Buffer): string {
  const out: number[] = [];
  let node = 0;
  let depth = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const next = TREE[2 * node + ((byte >> bit) & 1)] as number;
      if (next === 0) throw new RangeError('no Huffman code');
      if (next < 0) {
        out.push(~next);
        node = 0;
        depth = 0;
      } else {
        node = next;
        depth++;
      }
    }
  }
  if (depth > 7) throw new RangeError('a Huffman code without its end');
  return Buffer.from(out).toString('utf8');
}

function treeOf(lengths: readonly number[]): readonly number[] {
  const tree = [0, 0];
  const order = lengths.map((_, byte) => byte);
  order.sort((a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b);
  let code = -1;
  let length = 0;
  for (const byte of order) {
    const longer = (lengths[byte] as number) - length;
    length += longer;
    code = (code + 1) * 2 ** longer;
    place(tree, code, length, byte);
  }
  return tree;
}

function place(tree: number[], code: number, length: number, byte: number): void {
  let node = 0;
  for (let bit = length - 1; bit > 0; bit--) {
    const at = 2 * node + ((code >> bit) & 1);
    if (tree[at] === 0) tree[at] = tree.push(0, 0) / 2 - 1;
    node = tree[at] as number;
  }
  tree[2 * node + (code & 1)] = ~byte;
}
