import type { Call } from '../../calls/call.ts';
import { isHttpLike } from '../../calls/protocol-kind.ts';
import { bodyOf } from '../../profile/decoded-call.ts';
import { isRecord } from '../../support/json.ts';
import { ENVELOPES, ERRORS, FAILED, isOfTheCall, SUCCEEDED } from '../schema/error-fields.ts';

/** Text without any of this tells of no error, and need not be read: nearly all answers. */
const MAY_TELL =
  /"(?:(?:is|has)_?)?(?:errors?|exception|fault|err(?:or)?_?(?:no|code))"\s*:(?!\s*(?:null|false|0\s*[,}]|""|\[\s*\]|\{\s*\}))|"(?:is_?)?(?:success|successful|succeeded|ok)"\s*:\s*false|"status"\s*:\s*"(?:error|fail)"/i;
/** JSend's words for a failure. Others are states of jobs and payments. */
const FAILED_STATUS = /^(?:error|fail)$/i;
/** An answer of nothing but such fields speaks of the call, and not of what it is about. */
const AROUND =
  /^(?:errors?|exception|fault|err(?:or)?_\w+|errorMessage|status|status_?code|code|message|msg|reason|details?|description|data|time(?:stamp)?|path|(?:request|trace|correlation)_?id|meta)$/i;

/**
 * Whether a call whose status is no error's tells of one in its body: GraphQL's `errors`, JSON-RPC's
 * `error`, `success: false`. It may be usual, as a wrong password is: only its share says whether
 * something is wrong.
 */
export function tellsOfError(call: Call): boolean {
  const { protocol, responseBody } = call;
  if (responseBody.state !== 'whole' || !isHttpLike(protocol)) return false;
  if (!MAY_TELL.test(responseBody.text)) return false;
  const { decoded } = bodyOf(call, 'response');
  if (decoded.state !== 'known') return false;
  return decoded.values.some((value) => tells(decoded.kind === 'sse' ? dataOf(value) : value));
}

function tells(value: unknown, depth = 0): boolean {
  if (!isRecord(value)) return false;
  const fields = Object.entries(value);
  const isAlone = depth === 0 && fields.every(([name]) => AROUND.test(name));
  const has = (name: string) => Object.hasOwn(value, name);
  return fields.some(([name, field]) => {
    if (SUCCEEDED.test(name)) return field === false;
    if (isAlone && /^status$/i.test(name) && typeof field === 'string')
      return FAILED_STATUS.test(field);
    if (isFilled(name, field)) return isAlone || isOfTheCall(name, has);
    return depth === 0 && ENVELOPES.test(name) && tells(field, 1);
  });
}

function isFilled(name: string, field: unknown): boolean {
  if (field === true) return FAILED.test(name) || ERRORS.test(name);
  if (!ERRORS.test(name)) return false;
  if (typeof field === 'object' && field !== null) return Object.keys(field).length > 0;
  // `errors: 3` is how many a check has found.
  if (typeof field === 'number') return field !== 0 && /(?:no|code)$/i.test(name);
  return typeof field === 'string' && field !== '';
}

function dataOf(event: unknown): unknown {
  return isRecord(event) ? event.data : undefined;
}
