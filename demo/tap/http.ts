import type { Conversation, Exchange } from './exchange.ts';
import { type Framing, type HttpMessage, HttpStream } from './http-stream.ts';
import { callHeader, causeHeader } from './truth-marks.ts';

interface Pair {
  readonly request: HttpMessage;
  requestEnded: boolean;
  response: HttpMessage | undefined;
}

/** Pairs the requests and responses of one HTTP/1.1 connection, in order (RFC 9112, 9.3). */
export class HttpConversation implements Conversation {
  readonly #emit: (exchange: Exchange) => void;
  readonly #waiting: Pair[] = [];
  readonly #requests: HttpStream;
  readonly #responses: HttpStream;

  constructor(emit: (exchange: Exchange) => void) {
    this.#emit = emit;
    this.#requests = new HttpStream(
      (message) => {
        this.#waiting.push({ request: message, requestEnded: false, response: undefined });
        return requestFraming(message);
      },
      (message) => {
        const pair = this.#waiting.find((each) => each.request === message);
        if (pair) pair.requestEnded = true;
        this.#settle();
      },
    );
    this.#responses = new HttpStream(
      (message) => this.#responseFraming(message),
      (message) => {
        if (isInterim(message)) return;
        const pair = this.#waiting.find((each) => each.response === undefined);
        if (pair) pair.response = message;
        this.#settle();
      },
    );
  }

  request(chunk: Buffer, now: number): void {
    this.#requests.push(chunk, now);
  }

  response(chunk: Buffer, now: number): void {
    this.#responses.push(chunk, now);
  }

  close(now: number): void {
    this.#requests.close(now);
    this.#responses.close(now);
    for (const pair of this.#waiting.splice(0)) this.#emit(exchangeOf(pair));
  }

  #settle(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (!first.requestEnded || !first.response?.complete) return;
      this.#waiting.shift();
      this.#emit(exchangeOf(first));
    }
  }

  #responseFraming(message: HttpMessage): Framing | 'opaque' {
    const status = statusOf(message);
    const method = methodOf(
      this.#waiting.find((each) => each.response === undefined)?.request.startLine,
    );
    if (status === 101 || (method === 'CONNECT' && status < 300)) {
      this.#requests.stop();
      return 'opaque';
    }
    if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return 'none';
    return declaredFraming(message) ?? 'until-close';
  }
}

function requestFraming(message: HttpMessage): Framing {
  return declaredFraming(message) ?? 'none';
}

function declaredFraming(message: HttpMessage): Framing | undefined {
  if (/\bchunked\b/i.test(header(message, 'transfer-encoding') ?? '')) return 'chunked';
  const length = header(message, 'content-length');
  return length === undefined ? undefined : { length: Number(length) };
}

function isInterim(message: HttpMessage): boolean {
  const status = statusOf(message);
  return status < 200 && status !== 101;
}

function statusOf(message: HttpMessage): number {
  return Number(message.startLine.split(' ')[1]);
}

function methodOf(startLine: string | undefined): string {
  return startLine?.split(' ')[0] ?? '';
}

function header(message: HttpMessage, name: string): string | undefined {
  return message.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function exchangeOf({ request, response }: Pair): Exchange {
  const marks = request.headers.filter(([name]) => isMark(name));
  const markBytes = marks.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  return {
    proto: 'http',
    method: methodOf(request.startLine),
    path: request.startLine.split(' ')[1] ?? '',
    status: response && statusOf(response),
    start: request.start,
    end: response?.complete ? response.end : undefined,
    requestHeaders: plainHeaders(request),
    responseHeaders: response && plainHeaders(response),
    requestBody: Buffer.concat(request.body).toString(),
    responseBody: response ? Buffer.concat(response.body).toString() : '',
    requestSize: request.bytes - markBytes,
    responseSize: response?.bytes ?? 0,
    truth: { call: header(request, callHeader), cause: header(request, causeHeader) },
  };
}

/** Names as sent; a repeated one's values joined by a comma, as Kubeshark has them. */
function plainHeaders(message: HttpMessage): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of message.headers) {
    if (isMark(name)) continue;
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}

function isMark(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === callHeader || lower === causeHeader;
}
