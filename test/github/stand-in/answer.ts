/** An answer of the API, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of a body in JSON. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const DOCS = 'https://docs.github.com/rest';

/** An error as the documentation words it. */
export function failure(status: number, message: string, errors?: readonly unknown[]): Answer {
  const body = { message, ...(errors && { errors }), documentation_url: DOCS, status: `${status}` };
  return { status, body };
}

export const notFound = (): Answer => failure(404, 'Not Found');

/** What a workflow's token gets for what its permissions leave out. */
export const notAccessible = (): Answer => failure(403, 'Resource not accessible by integration');

/** The documented answer to too many writes at once. */
export function secondaryLimit(retryAfter: number): Answer {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return { ...failure(403, message), headers: { 'retry-after': String(retryAfter) } };
}

export function invalid(...messages: readonly string[]): Answer {
  const errors = messages.map((message) => ({ resource: 'Issue', code: 'custom', message }));
  return failure(422, `Validation Failed`, errors);
}

/** One page of a list with the `Link` header that the documentation describes. */
export function page<T>(
  all: readonly T[],
  url: URL,
  shape: (items: readonly T[], total: number) => unknown = (items) => items,
): Answer {
  const size = Math.min(100, Math.max(1, Number(url.searchParams.get('per_page') ?? 30)));
  const number = Math.max(1, Number(url.searchParams.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [];
  if (number > 1) links.push(link(number - 1, 'prev'), link(1, 'first'));
  if (number < last) links.push(link(number + 1, 'next'), link(last, 'last'));
  return {
    status: 200,
    body: shape(all.slice((number - 1) * size, number * size), all.length),
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
  };
}
