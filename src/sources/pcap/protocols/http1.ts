import type { ConnectionProtocol, Conversation, Listener } from '../conversation.ts';
import { type BodyLength, type HttpMessage, HttpStream } from './http1-stream.ts';
import { http2AfterUpgrade } from './http2.ts';
import { WebSocketConversation } from './websocket.ts';

const REQUEST = /^(?!PRI )[\w!#$%&'*+.^`|~-]{3,32} [^\r\n]{1,4000} HTTP\/1\.[01](?:\r|\n|$)/;
/** A request's line that is longer than what came of it. */
const BEGUN =
  /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?:\/|http)|[A-Z][A-Z-]{1,20} [^\s]{1000})[^\s]*$/;
const RESPONSE = /^HTTP\/1\.[01] [1-5]\d\d/;
/** Requests that wait for an answer at once: where only one direction was captured, none comes. */
const MAX_WAITING = 1_000;

/** HTTP/1.0 and 1.1. RFC 9112. */
export const http1: ConnectionProtocol = {
  name: 'http',
  ports: [80, 8080],
  recognise: (bytes) => {
    const start = bytes.toString('latin1', 0, 4096);
    if (RESPONSE.test(start)) return 'server';
    return REQUEST.test(start) || BEGUN.test(start) ? 'client' : undefined;
  },
  open: (listener) => new HttpConversation(listener),
};

/** What is said through a proxy is none of its calls. */
const TUNNEL: Conversation = {
  request: () => undefined,
  response: () => undefined,
  close: () => undefined,
};

interface Pair {
  readonly request: HttpMessage;
  isAsked: boolean;
  answer: HttpMessage | undefined;
}

/** Pairs requests and answers in order, pipelined ones too (RFC 9112, 9.3). */
class HttpConversation implements Conversation {
  readonly #listener: Listener;
  readonly #waiting: Pair[] = [];
  readonly #requests: HttpStream;
  readonly #answers: HttpStream;
  #upgraded: Conversation | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#requests = new HttpStream({
      head: (request) => {
        if (!/ HTTP\/1\.[01]$/.test(request.startLine)) throw new RangeError('no request');
        this.#waiting.push({ request, isAsked: false, answer: undefined });
        if (this.#waiting.length > MAX_WAITING) this.#tell(this.#waiting.shift() as Pair);
        return declared(request) ?? 'none';
      },
      end: (request) => {
        const pair = this.#waiting.find((one) => one.request === request);
        if (pair) pair.isAsked = true;
        this.#settle();
      },
    });
    this.#answers = new HttpStream({
      head: (answer) => this.#lengthOf(answer),
      end: (answer) => {
        if (isInterim(answer)) return;
        const pair = this.#unanswered();
        if (pair) pair.answer = answer;
        else if (statusOf(answer) !== 101) this.#listener.orphan();
        this.#settle();
      },
    });
  }

  request(bytes: Buffer, now: number): void {
    if (this.#upgraded) this.#upgraded.request(bytes, now);
    else this.#requests.push(bytes, now);
  }

  response(bytes: Buffer, now: number): void {
    if (this.#upgraded) {
      this.#upgraded.response(bytes, now);
      return;
    }
    this.#answers.push(bytes, now);
    const upgraded = this.#upgraded as Conversation | undefined;
    // What the client sent ahead of the switch came before.
    upgraded?.request(this.#requests.rest(), now);
    upgraded?.response(this.#answers.rest(), now);
  }

  close(now: number): void {
    this.#upgraded?.close(now);
    this.#requests.close(now);
    this.#answers.close(now);
    for (const pair of this.#waiting.splice(0)) this.#tell(pair);
  }

  #unanswered(): Pair | undefined {
    return this.#waiting.find(({ answer }) => answer === undefined);
  }

  #lengthOf(answer: HttpMessage): BodyLength {
    const status = statusOf(answer);
    const asked = this.#unanswered()?.request;
    const method = methodOf(asked);
    if (status === 101) {
      if (asked) this.#upgraded = this.#upgrade(asked, header(answer, 'upgrade')?.toLowerCase());
      return 'opaque';
    }
    if (method === 'CONNECT' && status >= 200 && status < 300) {
      this.#upgraded = TUNNEL;
      return 'opaque';
    }
    if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return 'none';
    return declared(answer) ?? 'until-close';
  }

  #upgrade(asked: HttpMessage, to: string | undefined): Conversation | undefined {
    if (to === 'websocket')
      return new WebSocketConversation(this.#listener, pathOf(asked), asked.headers);
    if (to !== 'h2c') return undefined;
    // Its answer comes over HTTP/2, so it is told there.
    this.#waiting.splice(
      this.#waiting.findIndex(({ request }) => request === asked),
      1,
    );
    const names = asked.headers.map(([name, value]) => [name.toLowerCase(), value] as const);
    return http2AfterUpgrade(this.#listener, {
      ...asked,
      headers: [[':method', methodOf(asked)], [':path', pathOf(asked)], ...names],
    });
  }

  /** Tells what is complete, in order; an early answer waits for the end of its request. */
  #settle(): void {
    for (let [first] = this.#waiting; first?.answer && first.isAsked; [first] = this.#waiting) {
      this.#waiting.shift();
      this.#tell(first);
    }
  }

  #tell({ request, answer }: Pair): void {
    this.#listener.call({
      protocol: 'http',
      method: methodOf(request),
      path: pathOf(request),
      status: answer && statusOf(answer),
      start: request.start,
      end: answer?.isWhole ? answer.end : undefined,
      requestHeaders: request.headers,
      responseHeaders: answer?.headers ?? [],
      requestBody: request.body,
      responseBody: answer?.body,
      requestSize: request.size,
      responseSize: answer?.size,
    });
  }
}

function declared(message: HttpMessage): BodyLength | undefined {
  if (/\bchunked\b/i.test(header(message, 'transfer-encoding') ?? '')) return 'chunked';
  const length = /^\d{1,15}/.exec(header(message, 'content-length') ?? '')?.[0];
  return length === undefined ? undefined : Number(length);
}

/** 100 and 103: the answer itself follows. */
function isInterim(answer: HttpMessage): boolean {
  const status = statusOf(answer);
  return status < 200 && status !== 101;
}

function statusOf(answer: HttpMessage): number {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.startLine)?.[1];
  if (status === undefined) throw new RangeError('an answer without its status');
  return Number(status);
}

function methodOf(request: HttpMessage | undefined): string {
  return request?.startLine.split(' ', 1)[0] ?? '';
}

/** Some clients leave spaces in it. */
function pathOf(request: HttpMessage): string {
  return / (.*) HTTP\/1\.[01]$/.exec(request.startLine)?.[1]?.trim() ?? '';
}

function header(message: HttpMessage, name: string): string | undefined {
  return message.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}
