import type { HttpAnswer } from './outbound.ts';

/** A call out that brought no answer, or a failed one: its caller fails as gateways do. */
export class UpstreamError extends Error {
  readonly status: 502 | 504;

  constructor(status: UpstreamError['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** The answer, where the callee did not fail. */
export function healthy<Body>(answer: HttpAnswer<Body>): HttpAnswer<Body> {
  if (answer.status >= 500) throw new UpstreamError(502, `answered ${answer.status}`);
  return answer;
}

/** A value that an answer must have. */
export function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('an answer lacks what it must have');
  return value;
}
