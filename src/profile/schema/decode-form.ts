/** Parameters taken apart at most: more is an attack, not a form. */
const MAX_PARAMETERS = 10_000;

/** Names and values of `application/x-www-form-urlencoded` text; a repeated name gives an array. */
export function decodeForm(text: string): { readonly [name: string]: string | string[] } {
  const form: { [name: string]: string | string[] } = Object.create(null);
  let left = MAX_PARAMETERS;
  for (const [name, value] of new URLSearchParams(text)) {
    if (left-- === 0) break;
    const before = form[name];
    if (before === undefined) form[name] = value;
    else if (typeof before === 'string') form[name] = [before, value];
    else before.push(value);
  }
  return form;
}

/** Query parameters of a path as sent; none where there is no `?`. */
export function decodeQuery(path: string): { readonly [name: string]: string | string[] } {
  const start = path.indexOf('?');
  if (start < 0) return {};
  const end = path.indexOf('#', start);
  return decodeForm(path.slice(start + 1, end < 0 ? undefined : end));
}
