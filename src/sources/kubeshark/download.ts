import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CaptureError } from '../../support/errors.ts';
import { fetchFailure, guardedFetch } from './guarded-fetch.ts';
import { failureOfStatus, HubFailure } from './hub-failure.ts';

/** A file may be large, but not endless. */
const timeout = 10 * 60_000;

interface Saving {
  readonly dest: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * The address of a file that a tool named by its path. Throws HubFailure where the path leads
 * elsewhere: credentials go along.
 */
export function fileAddress(base: string, path: string): URL {
  const root = new URL(base);
  const address = path.startsWith('/') ? URL.parse(`${base}${path}`) : null;
  if (address?.origin !== root.origin || !address.pathname.startsWith(root.pathname)) {
    throw new HubFailure('refused', 'the file it names is not below its own address');
  }
  return address;
}

/** Saves what stands at an address, until there is more than `maxBytes` of it. Throws HubFailure. */
export async function saveFile(
  address: URL,
  headers: Readonly<Record<string, string>>,
  { dest, maxBytes, signal }: Saving,
): Promise<void> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const response = await guardedFetch(address, { headers: { ...headers }, signal: limited });
  if (!response.ok) throw failureOfStatus(response.status, await response.text());
  try {
    await pipeline(upTo(maxBytes, response.body ?? []), createWriteStream(dest, { mode: 0o600 }));
  } catch (error) {
    signal.throwIfAborted();
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === 'open' || syscall === 'write') {
      throw new CaptureError(`cannot write ${dest}: ${message}`, { cause: error });
    }
    throw fetchFailure(error);
  }
}

async function* upTo(
  maxBytes: number,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    if (bytes > maxBytes) return;
  }
}
