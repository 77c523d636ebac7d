import { z } from 'zod';
import { fileAddress, saveFile } from './download.ts';
import { fetchFailure, guardedFetch } from './guarded-fetch.ts';
import { failureOfStatus, HubFailure } from './hub-failure.ts';
import { parametersOf } from './mcp-client.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Tool, ToolArguments, Transport } from './transport.ts';

const about = z.object({
  tools: z.array(z.object({ name: z.string(), inputSchema: z.unknown() })),
});

/** As long as Kubeshark's own command line waits, and a margin. */
const timeout = 45_000;

/** The Hub's own endpoints, which Kubeshark's command line uses: `/api/mcp` and `/tools/call`. */
export class HubApi implements Transport {
  readonly name: string;
  readonly parallel = 4;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.name = url;
    this.#base = `${url}/api/mcp`;
    this.#headers = headers;
  }

  async tools(signal: AbortSignal): Promise<readonly Tool[]> {
    const parsed = about.safeParse(await this.#ask(this.#base, {}, signal));
    if (!parsed.success) throw new HubFailure('refused', 'the answer lists no tools');
    return parsed.data.tools.map(({ name, inputSchema }) => ({
      name,
      parameters: parametersOf((inputSchema as { properties?: unknown } | null)?.properties),
    }));
  }

  call(tool: string, args: ToolArguments, signal: AbortSignal): Promise<unknown> {
    const body = JSON.stringify({ name: tool, arguments: args });
    return this.#ask(`${this.#base}/tools/call`, { method: 'POST', body }, signal);
  }

  download(path: string, dest: string, maxBytes: number, signal: AbortSignal): Promise<void> {
    const base = this.#base.replace(/\/mcp$/, '');
    return saveFile(fileAddress(base, path), this.#headers, { dest, maxBytes, signal });
  }

  async close(): Promise<void> {}

  async #ask(url: string, init: RequestInit, signal: AbortSignal): Promise<unknown> {
    const response = await guardedFetch(url, {
      ...init,
      headers: { ...this.#headers, 'Content-Type': 'application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    const text = await response.text().catch((error: unknown) => {
      signal.throwIfAborted();
      throw fetchFailure(error);
    });
    if (!response.ok) throw failureOfStatus(response.status, text);
    return parseAnswer(text);
  }
}
