/**
 * `unreachable`: nobody there. `unauthorised`: no accepted credential. `refused`: the request was
 * understood and declined (4xx). `changed`: the Hub's tools are others than at first. The others may
 * pass when asked again.
 */
export type FailureKind =
  | 'unreachable'
  | 'unauthorised'
  | 'refused'
  | 'changed'
  | 'unavailable'
  | 'timeout'
  | 'garbage';

/** One tool call that brought no usable answer. */
export class HubFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HubFailure';
    this.kind = kind;
  }

  get passing(): boolean {
    return this.kind === 'unavailable' || this.kind === 'timeout' || this.kind === 'garbage';
  }
}

/** What an HTTP status means for a tool call. */
export function failureOfStatus(status: number, body: string): HubFailure {
  const message = `HTTP ${status}${body === '' ? '' : `: ${firstLine(body)}`}`;
  if (status === 401 || status === 403 || status === 302 || status === 303) {
    return new HubFailure('unauthorised', message);
  }
  return new HubFailure(status >= 500 || status === 429 ? 'unavailable' : 'refused', message);
}

/**
 * What an MCP answer marked `isError` means. The wording is that of Kubeshark's command line
 * (`cmd/mcpRunner.go`), which has no codes.
 */
export function failureOfText(text: string): HubFailure {
  const api = /^Hub API error \((\d{3})\): ([\s\S]*)/.exec(text);
  if (api) return failureOfStatus(Number(api[1]), api[2] ?? '');
  const message = firstLine(text);
  if (/requires authentication|401 Unauthorized|unauthori[sz]ed/i.test(text)) {
    return new HubFailure('unauthorised', message);
  }
  if (/Kubernetes provider|Kubeshark is not running|connect to Kubeshark frontend/i.test(text)) {
    return new HubFailure('unreachable', message);
  }
  if (/timeout|deadline exceeded/i.test(text)) return new HubFailure('timeout', message);
  if (/^Error (calling|reading)|\b50[0-9]\b|unavailable|connect error|\bEOF\b/i.test(text)) {
    return new HubFailure('unavailable', message);
  }
  return new HubFailure('refused', message);
}

/** Bounded, on one line, without control characters: fit for a message. */
export function firstLine(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? '';
  return line.replace(/\p{Cc}/gu, ' ').slice(0, 300);
}
