import { amount } from '../record-fields.ts';
import type { Attributes } from './span.ts';

type Side = 'request' | 'response';

/** Headers that an instrumentation was told to keep. */
export function headersOf(attributes: Attributes, side: Side): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    for (const prefix of [`http.${side}.header.`, `rpc.grpc.${side}.metadata.`]) {
      // Older instrumentations write underscores for dashes.
      if (name.startsWith(prefix)) headers[name.slice(prefix.length).replaceAll('_', '-')] = value;
    }
  }
  return headers;
}

/** Bytes of the bodies, where told. */
export function sizesOf(attributes: Attributes) {
  const size = (...names: string[]) =>
    names.map((name) => amount(attributes[name])).find((value) => value !== undefined);
  return {
    req_size: size('http.request.body.size', 'http.request_content_length'),
    resp_size: size('http.response.body.size', 'http.response_content_length'),
  };
}
