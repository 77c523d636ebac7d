/** What stands for itself in an address, in Markdown and in HTML. */
const PLAIN = /^https?:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w./#?=&%~+-]*)?$/;
const MAX = 500;

/** An address that may be linked to as it stands: of HTTP, and of characters that end nothing. */
export function safeLink(url: string | undefined): string | undefined {
  return url !== undefined && url.length <= MAX && PLAIN.test(url) ? url : undefined;
}
