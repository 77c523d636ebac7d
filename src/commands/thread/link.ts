import type { Body, Call } from '../../calls/call.ts';
import { linkKept } from '../../incident/reading/link-kept.ts';
import type { Kept } from '../../incident/reading/reading.ts';
import { encodeProfile } from '../../profile/codec.ts';
import type { LinkedText } from './tasks.ts';

/** Links calls that came from another thread. */
export async function linkText(given: Kept): Promise<LinkedText> {
  const kept = given.kept.map((run) => ({ ...run, calls: run.calls.map(withBuffers) }));
  const linked = linkKept({ ...given, kept });
  return { ...linked, profile: encodeProfile(linked.profile) };
}

/** Between threads a Buffer becomes an array of bytes. */
function withBuffers(call: Call): Call {
  const requestBody = withBuffer(call.requestBody);
  const responseBody = withBuffer(call.responseBody);
  return requestBody === call.requestBody && responseBody === call.responseBody
    ? call
    : { ...call, requestBody, responseBody };
}

function withBuffer(body: Body): Body {
  if (body.state !== 'binary') return body;
  const { buffer, byteOffset, byteLength } = body.bytes;
  return { ...body, bytes: Buffer.from(buffer, byteOffset, byteLength) };
}
