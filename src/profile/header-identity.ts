const IDENTIFYING =
  /^(?:(?:proxy-)?authorization|cookie|x-api-key|idempotency-key|(?:.*-)?(?:user|tenant|account|customer|organi[sz]ation|org|principal|session)(?:-?id)?)$/;

/** Whether a header tells who asks, or which request it is; `name` in lower case. */
export function tellsApart(name: string): boolean {
  return IDENTIFYING.test(name);
}
