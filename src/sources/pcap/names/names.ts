import { readFile, stat } from 'node:fs/promises';
import { CaptureError } from '../../../support/errors.ts';
import type { Address } from '../packet.ts';
import { composeNames } from './compose.ts';
import { hostsNames } from './hosts.ts';
import { kubernetesNames } from './kubernetes.ts';

/** Who has an address, in the words of a record. */
export interface Name {
  readonly svc?: string;
  readonly pod?: string;
  readonly ns?: string;
}

/** One address, of one port or of all. */
export interface NamedAddress extends Name {
  readonly ip: string;
  readonly port?: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const NOBODY: Name = {};

/** Who has which address: that of a port before that of all ports; of two entries the later one. */
export class Names {
  readonly #known = new Map<string, Name>();

  constructor(addresses: readonly NamedAddress[]) {
    for (const { ip, port, ...name } of addresses) this.#known.set(keyOf(ip, port), name);
  }

  of({ ip, port }: Address): Name {
    return this.#known.get(keyOf(ip, port)) ?? this.#known.get(keyOf(ip, undefined)) ?? NOBODY;
  }
}

function keyOf(ip: string, port: number | undefined): string {
  return `${ip.toLowerCase()} ${port ?? ''}`;
}

/**
 * The names in files of the form of /etc/hosts, of what `docker compose ps --format json`, `docker
 * network inspect` and `docker inspect` print, or `kubectl get pods,svc -o json`: told by what they
 * hold. Throws CaptureError for what is none of them.
 */
export async function namesOf(files: readonly string[]): Promise<Names> {
  const addresses: NamedAddress[] = [];
  for (const file of files) addresses.push(...(await addressesIn(file)));
  return new Names(addresses);
}

async function addressesIn(file: string): Promise<readonly NamedAddress[]> {
  const text = await textOf(file);
  const found = /^\s*[[{]/.test(text) ? fromJson(text) : hostsNames(text);
  if (found.length > 0) return found;
  throw new CaptureError(`cannot read names from ${file}: it names no address`, {
    hint: 'it may have the form of /etc/hosts (ADDRESS[:PORT] NAME a line), or be what docker or kubectl print as JSON',
  });
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > MAX_BYTES) throw new RangeError('larger than 64 MB');
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new CaptureError(`cannot read names from ${file}: ${reason}`, {
      hint: 'check the path that --names gives',
      cause,
    });
  }
}

function fromJson(text: string): readonly NamedAddress[] {
  const documents = documentsIn(text);
  return [...composeNames(documents), ...kubernetesNames(documents)];
}

/** One document, or one a line; the elements of arrays each on their own. */
function documentsIn(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch {
    return text.split('\n').flatMap((line): unknown[] => {
      try {
        return [JSON.parse(line) as unknown].flat();
      } catch {
        return [];
      }
    });
  }
}
