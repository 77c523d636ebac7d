import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Call } from '../../calls/call.ts';
import { bodyOf } from '../../profile/decoded-call.ts';
import { decodeQuery } from '../../profile/schema/decode-form.ts';
import { keyInfo } from '../../profile/schema/key-info.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { renderSchema } from '../../profile/schema/render.ts';
import type { Evidence, FieldChange } from '../finding.ts';
import { escapePointer, unescapePointer } from './pointer.ts';
import type { Side } from './rules.ts';

/** Calls looked at, and calls returned, at most. */
const MAX_CALLS = 200;
const MAX_EVIDENCE = 3;
/** Longer bodies are not validated: the sample has shorter ones. */
const MAX_BODY = 1024 * 1024;

/**
 * Calls of a sample whose bodies break the schema that the baseline's bodies had, at the place of a
 * finding (an empty pointer: anywhere), with the keyword and the place that each
 * breaks. Validated by ajv; bodies that are cut, redacted or long are left out.
 */
export async function offendingCalls(
  baseline: SchemaNode,
  calls: Iterable<Call>,
  { side, part, pointer }: Pick<FieldChange, 'side' | 'part' | 'pointer'>,
): Promise<Evidence[]> {
  const validate = await validatorOf(baseline);
  const found: Evidence[] = [];
  let left = MAX_CALLS;
  for (const call of calls) {
    if (left-- === 0 || found.length === MAX_EVIDENCE) break;
    for (const value of valuesOf(call, side, part)) {
      if (validate(value)) continue;
      const error = validate.errors?.find((one) => covers(pointer, placeOf(one)));
      if (!error) continue;
      const note = `${error.keyword} at ${plainPlace(placeOf(error)) || '/'}`;
      found.push({ callId: call.id, side: 'candidate', note });
      break;
    }
  }
  return found;
}

/**
 * A message has many findings, and its schema takes longer to compile than calls to validate. A schema
 * that calls are held against changes no more.
 */
const compiled = new WeakMap<SchemaNode, Promise<ValidateFunction>>();

function validatorOf(schema: SchemaNode): Promise<ValidateFunction> {
  const validator = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validator);
  return validator;
}

async function compile(schema: SchemaNode): Promise<ValidateFunction> {
  // The default export: bundlers give nothing else of a CommonJS module that is loaded on demand.
  const { default: library } = await import('ajv/dist/2020.js');
  const ajv = new library.Ajv2020({
    strict: false,
    // The schema is our own: the one of schemas is not needed.
    validateSchema: false,
    allErrors: true,
    ownProperties: true,
    validateFormats: false,
    strictNumbers: false,
    logger: false,
  });
  return ajv.compile(renderSchema(schema) as object);
}

function valuesOf(call: Call, side: Side, part: string): readonly unknown[] {
  if (part === 'query') return side === 'request' ? [decodeQuery(call.path)] : [];
  const request = side === 'request';
  const body = request ? call.requestBody : call.responseBody;
  if (body.state === 'whole' && body.text.length > MAX_BODY) return [];
  const { decoded } = bodyOf(call, side);
  return decoded.state === 'known' && decoded.kind === part ? decoded.values : [];
}

/** Where an error lies: a missing or unexpected field at the field, not at its object. */
function placeOf({ instancePath, params }: ErrorObject): string {
  const field: unknown = params.missingProperty ?? params.additionalProperty;
  return typeof field === 'string' ? `${instancePath}/${escapePointer(field)}` : instancePath;
}

function covers(pattern: string, place: string): boolean {
  if (pattern === '') return true;
  const steps = pattern.split('/');
  const seen = place.split('/');
  return steps.length <= seen.length && steps.every((step, i) => step === '*' || step === seen[i]);
}

/** Without names that are data. */
function plainPlace(place: string): string {
  return place
    .split('/')
    .map((step) => (/^\d+$/.test(step) ? step : (keyInfo(unescapePointer(step)).pattern ?? step)))
    .join('/');
}
