/** Parameters taken apart at most: more is an attack, not a form. */
const MAX_PARAMETERS = 10_000;

/** Values by name; `name[]` holds what a repeated name has beyond its first value. */
interface Form {
  [name: string]: string | string[];
}

/**
 * Names and values of `application/x-www-form-urlencoded` text. A name's first value is always a
 * string, so that a type can't depend on how often it is repeated.
 */
export function decodeForm(text: string): Readonly<Form> {
  const form: Form = Object.create(null);
  let left = MAX_PARAMETERS;
  for (const [name, value] of new URLSearchParams(text)) {
    if (left-- === 0) break;
    if (form[name] === undefined) {
      form[name] = value;
      continue;
    }
    const rest = form[`${name}[]`];
    if (Array.isArray(rest)) rest.push(value);
    else form[`${name}[]`] = [value];
  }
  return form;
}

/** Query parameters of a path as sent; none where there is no `?`. */
export function decodeQuery(path: string): Readonly<Form> {
  const start = path.indexOf('?');
  if (start < 0) return {};
  const end = path.indexOf('#', start);
  return decodeForm(path.slice(start + 1, end < 0 ? undefined : end));
}
