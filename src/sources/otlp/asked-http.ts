import type { Asked, Told } from './asked.ts';

/** HTTP. A call that failed without a status was not answered. */
export function askedOfHttp({ attributes: at }: Told): Asked | undefined {
  const method = at['http.request.method'] ?? at['http.method'];
  const url = URL.parse(at['url.full'] ?? at['http.url'] ?? '');
  if (method === undefined && !url) return undefined;
  const query = at['url.query']?.replace(/^\?/, '');
  const path =
    at['url.path'] === undefined
      ? (at['http.target'] ?? (url ? url.pathname + url.search : at['http.route']))
      : at['url.path'] + (query ? `?${query}` : (url?.search ?? ''));
  return {
    protocol: 'http',
    method: method ?? 'GET',
    path: path ?? '/',
    status: at['http.response.status_code'] ?? at['http.status_code'],
    message: false,
  };
}
