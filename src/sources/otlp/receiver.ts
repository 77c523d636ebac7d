import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Batch, Capture, CaptureProblem } from '../../calls/observation.ts';
import { askedHost, isLoopback, listen } from '../../support/http-server.ts';
import { sorted } from '../sort.ts';
import { recordsOfTraces } from './records-of-spans.ts';
import { bodyOf, Refused } from './request-body.ts';
import { spansOfProto } from './span-proto.ts';
import { type Spans, spansOfDocument } from './spans-of-message.ts';
import { Traces } from './traces.ts';

const REQUEST_MS = 30_000;
const MAX_CONNECTIONS = 200;
/** What an exporter sends besides: taken and let go, so that it has nothing to complain of. */
const OTHERS = new Set(['/v1/metrics', '/v1/logs']);

/** Takes traces over OTLP/HTTP, in protobuf or JSON, plain or gzipped, and gives the calls that they show. */
export class OtlpReceiver {
  readonly #traces = new Traces();
  readonly #stop = new AbortController();
  readonly #loopback: boolean;
  #adding: Promise<void> = Promise.resolve();
  #refused = 0;
  #damaged = 0;
  url = '';

  private constructor(host: string) {
    this.#loopback = isLoopback(host);
  }

  /** Listens until it is closed. Throws UsageError, naming the option, where it can't. */
  static async start(
    address: { readonly host: string; readonly port: number },
    option: string,
  ): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver(address.host);
    const server = createServer(
      { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 },
      (request, response) => void receiver.#answer(request, response),
    );
    server.maxConnections = MAX_CONNECTIONS;
    const { url } = await listen(server, address, option, receiver.#stop.signal);
    receiver.url = url;
    return receiver;
  }

  /** The calls that began in the window, of what has come until now; once. */
  capture(window: { readonly start: number; readonly end: number }): Capture {
    const problems: CaptureProblem[] = [];
    const batches = this.#observe(window, problems);
    return { batches, problems, window, source: 'traces' };
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#adding.catch(() => undefined);
    await this.#traces.close();
  }

  async *#observe(
    { start, end }: { readonly start: number; readonly end: number },
    problems: CaptureProblem[],
  ): AsyncGenerator<Batch> {
    await this.#adding;
    let calls = 0;
    let others = 0;
    for await (const batch of sorted(recordsOfTraces(this.#traces, problems))) {
      const inside = batch.filter(
        (seen) => seen.kind === 'bad' || (seen.call.ts >= start && seen.call.ts <= end),
      );
      for (const { kind } of inside) if (kind === 'call') calls++;
      others += batch.length - inside.length;
      yield inside;
    }
    if (calls === 0) problems.push({ code: 'no-calls', message: this.#silence(others) });
    if (this.#refused + this.#damaged > 0) {
      const message = `${this.#refused} requests and ${this.#damaged} spans that came could not be read`;
      problems.push({ code: 'incomplete', message });
    }
  }

  /** `others`: calls that came, of other times. */
  #silence(others: number): string {
    if (others > 0) {
      return (
        `all ${others} calls whose spans came to ${this.url} began before or after the scenario, by ` +
        "the clocks of the services; do those agree with this machine's?"
      );
    }
    return (
      `no span of a call came to ${this.url} while the scenario ran; do the services export their ` +
      'traces there over HTTP (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf)?'
    );
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0] ?? '';
    const json = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
    try {
      if (this.#loopback && !isLoopback(askedHost(request.headers))) throw new Refused(421);
      if (path !== '/v1/traces' && !OTHERS.has(path)) throw new Refused(404);
      if (request.method !== 'POST') throw new Refused(405);
      const body = await bodyOf(request);
      if (path === '/v1/traces') await this.#take(body, json);
      response.writeHead(200, { 'content-type': json ? 'application/json' : PROTOBUF });
      response.end(json ? '{}' : undefined);
    } catch (error) {
      if (path === '/v1/traces') this.#refused++;
      if (response.destroyed) return;
      response.writeHead(error instanceof Refused ? error.status : 400, { connection: 'close' });
      response.end();
    }
  }

  /** One after another: exporters send at the same time. */
  async #take(body: Buffer, json: boolean): Promise<void> {
    const spans: Spans = json ? spansOfDocument(body.toString('utf8')) : spansOfProto(body);
    const good = spans.filter((span) => span !== undefined);
    this.#damaged += spans.length - good.length;
    const added = this.#adding.then(() => this.#traces.add(good));
    this.#adding = added;
    await added;
  }
}

const PROTOBUF = 'application/x-protobuf';
