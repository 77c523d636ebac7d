import { itemsOf, memberOf } from '../json-member.ts';
import { text } from '../record-fields.ts';

interface Field {
  readonly name: string;
  readonly value: unknown;
}

/** The headers of a request, with the host that it was sent to where HTTP/2 has no header for it. */
export function requestHeaders(request: unknown, url: URL): Field[] {
  const fields = fieldsOf(request);
  const type = memberOf(memberOf(request, 'postData'), 'mimeType');
  return [
    ...fields,
    ...missing(fields, 'host', url.host),
    ...missing(fields, 'content-type', text(type, 256)),
  ];
}

/** The headers of a response; the media type also where only the content tells it. */
export function responseHeaders(response: unknown): Field[] {
  const fields = fieldsOf(response);
  const content = memberOf(response, 'content');
  const hasBody = Boolean(memberOf(content, 'text'));
  const type = text(memberOf(content, 'mimeType'), 256);
  const known = hasBody && type !== 'x-unknown' ? type : undefined;
  return [...fields, ...missing(fields, 'content-type', known)];
}

/** Pseudo-headers of HTTP/2 say again what the entry says. */
function fieldsOf(message: unknown): Field[] {
  return itemsOf(message, 'headers').flatMap((item) => {
    const name = text(memberOf(item, 'name'), 256);
    return name === undefined || name.startsWith(':')
      ? []
      : [{ name, value: memberOf(item, 'value') }];
  });
}

function missing(fields: readonly Field[], name: string, value: string | undefined): Field[] {
  const has = fields.some((field) => field.name.toLowerCase() === name);
  return has || value === undefined ? [] : [{ name, value }];
}
