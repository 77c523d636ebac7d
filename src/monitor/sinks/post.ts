import { visible } from '../../support/escape.ts';
import { SinkFailure } from '../sink.ts';
import type { Endpoint } from './endpoint.ts';

/** One request, from its start to the end of its answer, ms. */
const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Client errors that pass: 408 Request Timeout, 425 Too Early, 429 Too Many Requests. */
const PASSING = new Set([408, 425, 429]);

export interface Message {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** ms; for tests. */
  readonly timeout?: number;
}

/**
 * Posts JSON. Throws SinkFailure: it may pass where nobody answers in time, and for 429 and 5xx. No
 * redirect is followed, since what is sent is for this host alone. What fails is told without the
 * address and without what the receiver wrote.
 */
export async function post(
  { url, authorization }: Endpoint,
  { body, headers, timeout = TIMEOUT_MS }: Message,
  signal: AbortSignal,
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'wireproof',
        ...(authorization !== undefined && { authorization }),
        ...headers,
      },
    });
    await readSome(answer);
  } catch (error) {
    throw new SinkFailure(`no answer (${reasonOf(error, timeout)})`, true, undefined);
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new SinkFailure(`answered ${status}: redirects are not followed`, false);
  }
  const passing = status >= 500 || PASSING.has(status);
  throw new SinkFailure(`answered ${status}`, passing, passing ? retryAfter(answer) : undefined);
}

/** Reads the answer so that the connection can be used again; a large one is cut off. */
async function readSome({ body }: Response): Promise<void> {
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    if (bytes > MAX_ANSWER_BYTES) break;
  }
}

/** The error's code alone: its message may hold the address. */
function reasonOf(error: unknown, timeout: number): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return `none within ${timeout / 1_000} s`;
  return visible(String(cause?.code ?? name), 60);
}

/** `Retry-After` in ms: seconds, or a date as the receiver's own clock has it. */
function retryAfter({ headers }: Response): number | undefined {
  const asked = headers.get('retry-after');
  if (asked === null) return undefined;
  if (/^\d{1,9}$/.test(asked)) return Number(asked) * 1_000;
  const wait = Date.parse(asked) - Date.parse(headers.get('date') ?? '');
  return wait > 0 ? wait : undefined;
}
