/** Where bodies tell of errors: GraphQL, JSON-RPC, JSON:API, and what most services call it. */
export const ERRORS = /^(?:errors?|exception|fault|err(?:or)?_?(?:no|code))$/i;
export const FAILED = /^(?:(?:is|has)_?)?(?:errors?|failed|failure)$/i;
export const SUCCEEDED = /^(?:is_?)?(?:success|successful|succeeded|ok)$/i;
/** What wraps the answer itself. */
export const ENVELOPES = /^(?:result|response|meta|status)$/i;
/** What speaks of the call alone; other fields may be a state of what the call is about, as of a job. */
const OF_THE_CALL = /^(?:errors|err(?:or)?_?(?:no|code)|(?:is|has)_?errors?)$/i;
const BESIDE_AN_ERROR = ['jsonrpc', 'data', 'result'] as const;

/** Whether a field that tells of an error tells it of the call; `has`: which fields are beside it. */
export function isOfTheCall(name: string, has: (other: string) => boolean): boolean {
  if (OF_THE_CALL.test(name) || SUCCEEDED.test(name)) return true;
  return /^error$/i.test(name) && BESIDE_AN_ERROR.some(has);
}

/** An error in an error's place, however deep. */
export const ERROR_PLACE = /^\/(?:errors?|exception|fault)(?=\/|$)/i;
