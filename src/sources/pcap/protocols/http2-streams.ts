import type { Listener, Side } from '../conversation.ts';
import type { HeaderList } from '../exchange.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';

/** Streams that are open at once; beyond, those that were begun first are told as they stand. */
const MAX_STREAMS = 10_000;

interface Half {
  headers: (readonly [name: string, value: string])[];
  readonly body: KeptBytes;
  size: number;
}

interface Stream {
  readonly start: number;
  readonly request: Half;
  readonly response: Half;
  /** Unix ms: the end of the response, once it came. */
  end: number | undefined;
  /** A name that was sent before the capture began. */
  isUnnamed: boolean;
}

interface Arrival {
  /** Bytes on the wire. */
  readonly size: number;
  /** Nothing more comes from this side. */
  readonly isLast: boolean;
  readonly end: number;
}

/** The streams of one HTTP/2 connection: each is a request and its response. */
export class Http2Streams {
  readonly #listener: Listener;
  readonly #open = new Map<number, Stream>();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  headers(
    side: Side,
    id: number,
    headers: readonly (readonly [string, string] | undefined)[],
    { size, isLast, start, end }: Arrival & { readonly start: number },
  ): void {
    let stream = this.#open.get(id);
    if (!stream) {
      if (side === 'server') {
        if (isLast || headers.some((header) => header?.[0] === ':status')) this.#listener.orphan();
        return;
      }
      stream = begun(start);
      this.#open.set(id, stream);
      if (this.#open.size > MAX_STREAMS) this.reset(this.#open.keys().next().value as number);
    }
    const half = side === 'client' ? stream.request : stream.response;
    const known = headers.filter((header) => header !== undefined);
    half.size += size;
    if (side === 'client' && headers.length > known.length) stream.isUnnamed = true;
    // 100 and 103: the response itself follows.
    if (/^1\d\d$/.test(headerValue(known, ':status') ?? '')) return;
    half.headers = [...half.headers, ...known];
    this.#arrived(id, stream, side, isLast, end);
  }

  data(side: Side, id: number, bytes: Buffer, { size, isLast, end }: Arrival): void {
    const stream = this.#open.get(id);
    if (!stream) return;
    const half = side === 'client' ? stream.request : stream.response;
    half.body.push(bytes);
    half.size += size;
    this.#arrived(id, stream, side, isLast, end);
  }

  /** A stream that ends before its time. */
  reset(id: number): void {
    const stream = this.#open.get(id);
    if (!stream) return;
    this.#open.delete(id);
    this.#tell(stream);
  }

  close(): void {
    for (const id of [...this.#open.keys()]) this.reset(id);
  }

  #arrived(id: number, stream: Stream, side: Side, isLast: boolean, end: number): void {
    if (!isLast || side === 'client') return;
    stream.end = end;
    this.#open.delete(id);
    this.#tell(stream);
  }

  #tell({ start, end, request, response, isUnnamed }: Stream): void {
    const path = headerValue(request.headers, ':path');
    const method = headerValue(request.headers, ':method');
    if (isUnnamed && (path === undefined || method === undefined)) {
      this.#listener.unnamed();
      return;
    }
    const isGrpc = /^application\/grpc/.test(headerValue(request.headers, 'content-type') ?? '');
    const seen = headerValue(response.headers, ':status');
    this.#listener.call({
      protocol: isGrpc ? 'grpc' : 'http',
      method: method ?? '',
      path: path ?? '',
      status: isGrpc ? headerValue(response.headers, 'grpc-status') : seen,
      start,
      end,
      requestHeaders: plain(request.headers),
      responseHeaders: plain(response.headers),
      requestBody: request.body,
      responseBody: response.body,
      requestSize: request.size,
      responseSize: seen === undefined ? undefined : response.size,
    });
  }
}

function begun(start: number): Stream {
  const half = (): Half => ({ headers: [], body: new KeptBytes(), size: 0 });
  return {
    start,
    request: half(),
    response: half(),
    end: undefined,
    isUnnamed: false,
  };
}

function headerValue(headers: HeaderList, name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1];
}

/** Without what a request or status line says in HTTP/1; the authority is the host asked for. */
function plain(headers: HeaderList): HeaderList {
  return headers.flatMap(([name, value]) => {
    if (name === ':authority') return [['host', value] as const];
    return name.startsWith(':') ? [] : [[name, value] as const];
  });
}
