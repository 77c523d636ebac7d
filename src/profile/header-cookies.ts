/** What begins another of the cookies that are joined: a date has no name behind its comma. */
const NEXT_COOKIE = /,\s*(?=[^;,=\s]+=)/;
/** What sessions are called, whatever stands around it. */
const SESSION = /sess(?:ion)?[._-]?(?:id)?|(?<![a-z])sid(?![a-z])|token|jwt|auth/;

/** Attributes of all cookies, whether one is for all paths, and which of the usual names of sessions they have. */
export function cookieWords(value: string): string {
  const lower = value.toLowerCase();
  const found = lower.match(
    /;\s*(?:httponly|secure|partitioned|path=\/(?=\s*(?:[;,]|$))|samesite=(?:lax|strict|none)|max-age=(?:-|0+(?!\d))|expires=\w+, 01.jan.1970)/g,
  );
  const attributes = (found ?? [])
    .map((part) => part.slice(1).trim())
    .map((part) => (/max-age|expires/.test(part) ? 'deleted' : part));
  const sessions = lower.split(NEXT_COOKIE).flatMap((cookie) => {
    const [name] = SESSION.exec(cookie.split('=', 1)[0] ?? '') ?? [];
    return name ? `name=${name.replace(/[._-]/, '')}` : [];
  });
  return [...new Set([...attributes, ...sessions])].sort().join(', ');
}
