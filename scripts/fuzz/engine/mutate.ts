import type { Random } from './random.ts';

/** What changes are made of besides chance. */
export interface Material {
  readonly words: readonly Uint8Array[];
  /** Another input that is kept. */
  readonly other: () => Uint8Array;
}

type Mutation = (input: Buffer, random: Random, material: Material) => Buffer;

const MAX_CHANGES = 5;
const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x22, 0x0a, 0x5c, 0x2d, 0x30, 0x39, 0x7b, 0x5b];
const NUMBERS = [
  ...['0', '-1', '1e309', '-0', '1.5', '2147483648', '4294967296', '9007199254740993'],
  ...['18446744073709551616', '65536', '255', '256', '128', 'NaN', '1e-400', '00'],
];

/** Bytes near `input`, at most `limit` of them. */
export function mutate(
  input: Uint8Array,
  limit: number,
  random: Random,
  material: Material,
): Uint8Array {
  let bytes: Buffer = Buffer.from(input);
  for (let left = 1 + random.below(MAX_CHANGES); left > 0; left--) {
    bytes = random.pick(MUTATIONS)(bytes, random, material);
  }
  return bytes.length > limit ? bytes.subarray(0, limit) : bytes;
}

function spliced(input: Buffer, at: number, gone: number, put: Uint8Array): Buffer {
  return Buffer.concat([input.subarray(0, at), put, input.subarray(at + gone)]);
}

/** A part of some bytes, more often a short one. */
function part(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  return bytes.subarray(at, at + lengthOf(bytes.length - at, random));
}

function lengthOf(most: number, random: Random): number {
  return random.below(1 + random.pick([Math.min(most, 4), Math.min(most, 32), most]));
}

const changeBit: Mutation = (input, random) => {
  const at = random.below(input.length);
  if (input.length > 0) input[at] = (input[at] as number) ^ (1 << random.below(8));
  return input;
};

const changeByte: Mutation = (input, random) => {
  const value = random.below(2) ? random.pick(INTERESTING) : random.below(256);
  if (input.length > 0) input[random.below(input.length)] = value;
  return input;
};

const addToByte: Mutation = (input, random) => {
  const at = random.below(input.length);
  if (input.length > 0) input[at] = (input[at] as number) + random.below(33) - 16;
  return input;
};

/** A length or count that a message tells of itself, in either order of bytes. */
const changeNumber: Mutation = (input, random) => {
  const size = random.pick([2, 4]);
  if (input.length < size) return input;
  const at = random.below(input.length - size + 1);
  const limit = 256 ** size;
  const value = random.pick([0, 1, input.length, limit - 1, limit / 2, limit / 2 - 1, 256]) % limit;
  if (random.below(2)) input.writeUIntBE(value, at, size);
  else input.writeUIntLE(value, at, size);
  return input;
};

const insertBytes: Mutation = (input, random) => {
  const put = Buffer.from(
    Array.from({ length: 1 + lengthOf(16, random) }, () => random.below(256)),
  );
  return spliced(input, random.below(input.length + 1), 0, put);
};

const insertSame: Mutation = (input, random) => {
  const put = Buffer.alloc(1 + lengthOf(64, random), random.pick(INTERESTING));
  return spliced(input, random.below(input.length + 1), 0, put);
};

const remove: Mutation = (input, random) => {
  const at = random.below(input.length + 1);
  return spliced(input, at, lengthOf(input.length - at, random), Buffer.alloc(0));
};

const repeat: Mutation = (input, random) => {
  const piece = part(input, random);
  const times = piece.length > 64 ? 1 : 1 + random.below(random.pick([1, 4, 40]));
  const put = Buffer.concat(Array.from({ length: times }, () => piece));
  return spliced(input, random.below(input.length + 1), 0, put);
};

const putWord: Mutation = (input, random, { words }) => {
  if (words.length === 0) return input;
  const word = random.pick(words);
  const gone = random.below(2) ? word.length : 0;
  return spliced(input, random.below(input.length + 1), gone, word);
};

const putOther: Mutation = (input, random, { other }) =>
  spliced(input, random.below(input.length + 1), lengthOf(16, random), part(other(), random));

const join: Mutation = (input, random, { other }) => {
  const tail = other();
  return Buffer.concat([
    input.subarray(0, random.below(input.length + 1)),
    tail.subarray(random.below(tail.length + 1)),
  ]);
};

/** A number in text becomes another one. */
const putNumber: Mutation = (input, random) => {
  const from = random.below(input.length + 1);
  const at = input.subarray(from).findIndex((byte) => byte >= 0x30 && byte <= 0x39);
  if (at < 0) return input;
  let end = from + at;
  while (end < input.length && (input[end] as number) >= 0x30 && (input[end] as number) <= 0x39)
    end++;
  return spliced(input, from + at, end - from - at, Buffer.from(random.pick(NUMBERS)));
};

const MUTATIONS: readonly Mutation[] = [
  changeBit,
  changeByte,
  addToByte,
  changeNumber,
  insertBytes,
  insertSame,
  remove,
  remove,
  repeat,
  putWord,
  putWord,
  putOther,
  join,
  putNumber,
];
