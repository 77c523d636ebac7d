import type { Body, Call, Endpoint, Headers } from '../calls/call.ts';
import { isHost } from '../calls/workload.ts';
import { Shared } from '../support/shared.ts';
import { tellingHeaders } from './telling-headers.ts';
import { MAX_TEXT } from './value-tokens.ts';

const NO_HEADERS: Headers = new Map();
const NO_BODY: Body = { state: 'absent' };

/**
 * Makes of calls what linking and fan-outs look at: without the answer's headers and body, the ports of
 * all but hosts that are no workload, most headers and the end of a long request. Three minutes of calls are held to link them, and
 * the rest is most of a call.
 */
export class ForLinking {
  readonly #endpoints = new Shared(keyOf, isEqual);

  of(call: Call): Call {
    return {
      ...call,
      src: this.#endpoints.of({ ...call.src, port: undefined }),
      dst: this.#endpoints.of(
        isHost(call.dst.workload) ? call.dst : { ...call.dst, port: undefined },
      ),
      path: beginning(call.path),
      requestHeaders: tellingHeaders(call.requestHeaders),
      responseHeaders: NO_HEADERS,
      requestBody: bodyBeginning(call.requestBody),
      responseBody: NO_BODY,
    };
  }
}

function keyOf({ workload, pod, ip }: Endpoint): string {
  return pod ?? ip ?? workload.name;
}

function isEqual(a: Endpoint, b: Endpoint): boolean {
  return (
    a.workload.name === b.workload.name &&
    a.workload.kind === b.workload.kind &&
    a.namespace === b.namespace &&
    a.pod === b.pod &&
    a.ip === b.ip &&
    a.port === b.port &&
    a.node === b.node
  );
}

function bodyBeginning(body: Body): Body {
  if (body.state === 'absent') return body;
  if (body.state === 'binary') return NO_BODY;
  if (body.text.length <= MAX_TEXT) return body;
  return { state: 'cut', text: beginning(body.text) };
}

/** A slice would keep the whole text in memory. */
function beginning(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  return JSON.parse(JSON.stringify(text.slice(0, MAX_TEXT))) as string;
}
