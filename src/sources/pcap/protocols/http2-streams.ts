import type { Listener, Side } from '../conversation.ts';
import type { HeaderList } from '../exchange.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';

/** Streams that are open at once; beyond, those that were begun first are told as they stand. */
const MAX_STREAMS = 10_000;
/** Streams that are remembered after they were broken off: what the other side had sent by then still comes. */
const MAX_BROKEN = 1_000;
const CANCEL = 8;
/** Statuses of gRPC for a stream that is broken off with an error of HTTP/2, as its specification has them. */
const BROKEN_OFF: Readonly<Record<number, string>> = { 7: '14', 8: '1', 11: '8', 12: '7' };
const INTERNAL = '13';
const DEADLINE_EXCEEDED = '4';
const TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ H: 3_600_000, M: 60_000, S: 1_000 },
  ...{ m: 1, u: 0.001, n: 0.000001 },
};
/** How much (ms) before its time a client's timer may go off. */
const EARLY_MS = 2;

interface Half {
  headers: (readonly [name: string, value: string])[];
  /** A name or a value was sent before the capture began. */
  isUnnamed: boolean;
  readonly body: KeptBytes;
  size: number;
}

interface Stream {
  readonly start: number;
  readonly request: Half;
  readonly response: Half;
  /** Unix ms: the end of the response, once it came. */
  end: number | undefined;
  /** How it was broken off: an error of HTTP/2. */
  broken: { readonly by: Side; readonly error: number } | undefined;
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
  readonly #broken = new Set<number>();

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
        const isAnswer = isLast || headers.some((header) => header?.[0] === ':status');
        if (isAnswer && !this.#broken.has(id)) this.#listener.orphan();
        return;
      }
      stream = begun(start);
      this.#open.set(id, stream);
      if (this.#open.size > MAX_STREAMS) this.#giveUp(this.#open.keys().next().value as number);
    }
    const half = side === 'client' ? stream.request : stream.response;
    const known = headers.filter((header) => header !== undefined);
    half.size += size;
    if (headers.length > known.length) half.isUnnamed = true;
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

  /** A stream that one side breaks off. */
  reset(by: Side, id: number, error: number, end: number): void {
    const stream = this.#open.get(id);
    if (!stream) return;
    stream.broken = { by, error };
    if (isGrpc(stream)) stream.end = end;
    this.#broken.add(id);
    if (this.#broken.size > MAX_BROKEN) {
      this.#broken.delete(this.#broken.keys().next().value as number);
    }
    this.#giveUp(id);
  }

  close(): void {
    for (const id of [...this.#open.keys()]) this.#giveUp(id);
  }

  /** Tells a stream as it stands. */
  #giveUp(id: number): void {
    const stream = this.#open.get(id);
    if (!stream) return;
    this.#open.delete(id);
    this.#tell(stream);
  }

  #arrived(id: number, stream: Stream, side: Side, isLast: boolean, end: number): void {
    if (!isLast || side === 'client') return;
    stream.end = end;
    this.#open.delete(id);
    this.#tell(stream);
  }

  #tell(stream: Stream): void {
    const { start, end, request, response } = stream;
    const seen = headerValue(response.headers, ':status');
    const path = headerValue(request.headers, ':path');
    const method = headerValue(request.headers, ':method');
    if (request.isUnnamed && (path === undefined || method === undefined)) {
      this.#listener.unnamed();
      return;
    }
    const isRpc = isGrpc(stream);
    const status = isRpc ? grpcStatus(stream) : seen;
    if (status === undefined && response.isUnnamed) this.#listener.unnamed();
    this.#listener.call({
      protocol: isRpc ? 'grpc' : 'http',
      method: method ?? '',
      path: path ?? '',
      status,
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
  const half = (): Half => ({
    headers: [],
    isUnnamed: false,
    body: new KeptBytes(),
    size: 0,
  });
  return {
    start,
    request: half(),
    response: half(),
    end: undefined,
    broken: undefined,
  };
}

/** By its content type; where that was sent before the capture began, by its form. */
function isGrpc({ request, response }: Stream): boolean {
  const type = headerValue(request.headers, 'content-type');
  if (type !== undefined || !request.isUnnamed) return /^application\/grpc/.test(type ?? '');
  if (!/^\/[\w.]+\/\w+$/.test(headerValue(request.headers, ':path') ?? '')) return false;
  const all = [...request.headers, ...response.headers];
  return all.some(([name]) => name.startsWith('grpc-')) || isFramed(request.body);
}

/** Whether a body begins with a message of gRPC: whether it is compressed, its length, itself. */
function isFramed(body: KeptBytes): boolean {
  if (body.length < 5) return false;
  const bytes = body.bytes();
  return (bytes[0] as number) <= 1 && 5 + bytes.readUInt32BE(1) <= body.length;
}

/** What the server says; of a stream that is broken off, what the client makes of that. */
function grpcStatus({ request, response, broken, start, end }: Stream): string | undefined {
  const told = headerValue(response.headers, 'grpc-status');
  if (told !== undefined || !broken || end === undefined) return told;
  const isCancelled = broken.by === 'client' && broken.error === CANCEL;
  const [, count, unit = ''] =
    TIMEOUT.exec(headerValue(request.headers, 'grpc-timeout') ?? '') ?? [];
  const timeout = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  if (isCancelled && end - start >= timeout - EARLY_MS) return DEADLINE_EXCEEDED;
  return BROKEN_OFF[broken.error] ?? INTERNAL;
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
