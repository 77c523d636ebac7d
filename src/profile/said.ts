import type { Call, Headers } from '../calls/call.ts';
import { type Subject, subjectOf } from '../calls/subject.ts';
import { type DecodedCall, decodeCall } from './decoded-call.ts';
import { tellsApart } from './header-identity.ts';
import { type NamedValues, namedValues } from './named-values.ts';

/** What a call says that calls made for it may pass on, and its answer may repeat of theirs. */
export interface Said {
  readonly subject: Subject;
  /** Of headers that tell who asks, the query and the body. */
  readonly request: NamedValues;
  readonly response: NamedValues;
}

export function saidIn(call: Call, { query, request, response } = decodeCall(call)): Said {
  return {
    subject: subjectOf(call),
    request: namedValues(identityIn(call.requestHeaders), query, bodyOf(request)),
    response: namedValues(bodyOf(response)),
  };
}

function identityIn(headers: Headers): object | undefined {
  let found: Record<string, string> | undefined;
  for (const [name, value] of headers) {
    if (!tellsApart(name)) continue;
    found ??= Object.create(null) as Record<string, string>;
    found[name] = value;
  }
  return found;
}

/** Messages of several values are lists. */
function bodyOf({ decoded }: DecodedCall['request']): unknown {
  return decoded.state === 'known' && decoded.values.length === 1 ? decoded.values[0] : undefined;
}
