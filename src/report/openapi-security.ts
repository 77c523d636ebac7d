import type { MessageProfile } from '../profile/message.ts';
import type { Json } from '../support/json.ts';

/** Headers, besides Authorization, that carry a key. */
export const credentialHeaders: ReadonlySet<string> = new Set(['x-api-key', 'x-auth-token']);

/** A security scheme as the document has it, by its name there. */
export type SecuritySchemes = Map<string, Json>;

/**
 * What an operation asks for, one alternative each: none where its headers were seen without a
 * credential. Adds the schemes to those of the document.
 */
export function securityOf(request: MessageProfile, schemes: SecuritySchemes): Json | undefined {
  const alternatives: Json[] = [];
  let authorized = 0;
  const add = (name: string, scheme: Json, count: number) => {
    schemes.set(name, scheme);
    alternatives.push({ [name]: [] });
    authorized += count;
  };
  for (const [form, count] of request.headers.get('authorization')?.forms.entries() ?? []) {
    if (/^[a-z][\w-]*$/.test(form)) add(form, { type: 'http', scheme: form }, count);
    else add('authorization', { type: 'apiKey', in: 'header', name: 'authorization' }, count);
  }
  for (const name of credentialHeaders) {
    const count = request.headers.get(name)?.count ?? 0;
    if (count > 0) add(name, { type: 'apiKey', in: 'header', name }, count);
  }
  if (alternatives.length === 0) {
    const seen = request.headers.entries().length > 0 && !request.headers.get('cookie');
    return seen ? [] : undefined;
  }
  return authorized < request.count ? [...alternatives, {}] : alternatives;
}
