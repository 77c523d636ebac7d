import { Ajv2020 } from 'ajv/dist/2020.js';
import { callRef } from '../../../../src/profile/schema/call-ref.ts';
import { decodeNode, encodeNode } from '../../../../src/profile/schema/codec.ts';
import { mergeNode } from '../../../../src/profile/schema/merge.ts';
import { SchemaNode } from '../../../../src/profile/schema/node.ts';
import { observeValue } from '../../../../src/profile/schema/observe.ts';
import { renderSchema } from '../../../../src/profile/schema/render.ts';
import type { Json } from '../../../../src/support/json.ts';
import { holds } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { jsonText } from '../../material/json.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const MAX_VALUES = 40;
/** Compiling a schema takes longer than all else; another one in so many is compiled. */
const COMPILED = 8;

export const target: Target = {
  holds:
    'a schema validates every value it was inferred from (ajv), is the same to the byte in any order and split, and is read as it was written',
  seeds: () => [
    Buffer.from([1, 5, 2, 3, 9, 1, 0, 4, 1, 11, 4, 0, 3, 1, 3, 2, 4, 3, 4, 0, 3, 9]),
    Buffer.from([
      7, 11, 2, 3, 4, 1, 0, 11, 2, 3, 4, 6, 2, 1, 11, 1, 8, 3, 3, 1, 9, 8, 2, 3, 1, 4, 2,
    ]),
    Buffer.from('the quick brown fox jumps over the lazy dog, twice if need be', 'utf8'),
    Buffer.alloc(120, 11),
  ],
  run: (input) => {
    const draw = new Draw(input);
    const parts = 1 + draw.below(4);
    const values: unknown[] = [];
    while (draw.left > 0 && values.length < MAX_VALUES) values.push(JSON.parse(jsonText(draw)));
    const whole = observed(values, () => true);
    const text = JSON.stringify(encodeNode(whole));
    const shards = Array.from({ length: parts }, (_, part) =>
      observed(values, (at) => at % parts === part),
    ).reverse();
    const merged = new SchemaNode();
    for (const shard of shards) mergeNode(merged, read(JSON.stringify(encodeNode(shard))));
    same('shards merge to the whole', JSON.stringify(encodeNode(merged)), text);
    same(
      'another order is the same',
      JSON.stringify(encodeNode(observed(values.toReversed(), () => true, values.length - 1))),
      text,
    );
    if (input.length % COMPILED === 0) validates(renderSchema(whole), values);
  },
};

function observed(
  values: readonly unknown[],
  isIn: (at: number) => boolean,
  last?: number,
): SchemaNode {
  const node = new SchemaNode();
  values.forEach((value, at) => {
    if (isIn(at)) observeValue(node, value, callRef(`call${last === undefined ? at : last - at}`));
  });
  return node;
}

function read(text: string): SchemaNode {
  return decodeNode(JSON.parse(text) as Json);
}

function validates(schema: Json, values: readonly unknown[]): void {
  const ajv = new Ajv2020({
    strict: false,
    ownProperties: true,
    validateFormats: false,
    logger: false,
  });
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema)) as object);
  for (const value of values) {
    holds(validate(value) === true, 'a schema validates what it was inferred from', () =>
      JSON.stringify({ value, errors: validate.errors }),
    );
  }
}
