/** Absolute addresses of the web: which host they name is data, whose protocol and machine is not. */
const URL =
  /^(?<protocol>https?):\/\/(?:(?<own>localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])|[\w.-]+)(?=[:/?#]|$)/i;

export const URL_KINDS = { plain: 'http URL', tls: 'https URL', own: 'localhost URL' } as const;

const KINDS: ReadonlySet<string> = new Set(Object.values(URL_KINDS));

/** Whether a member of an enumeration stands for addresses of one kind. */
export function isUrlKind(member: string): boolean {
  return KINDS.has(member);
}

/** The kind of address that a text is; undefined for other text. */
export function urlKind(text: string): string | undefined {
  if (!text.startsWith('http')) return undefined;
  const { protocol, own } = URL.exec(text)?.groups ?? {};
  if (protocol === undefined) return undefined;
  if (own !== undefined) return URL_KINDS.own;
  return protocol.length === 'https'.length ? URL_KINDS.tls : URL_KINDS.plain;
}
