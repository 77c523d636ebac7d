import { addressClass, isAddress } from '../calls/address.ts';
import { isLoopback } from '../support/http-server.ts';

/** One side of a call as a record has it. */
export interface RecordSide {
  readonly svc?: string | undefined;
  readonly pod?: string | undefined;
  readonly ns?: string | undefined;
  readonly node?: string | undefined;
  readonly ip?: string | undefined;
  readonly port?: number | undefined;
}

/** Systems give ports from here on to who asks for any (Linux; others begin higher). */
const FIRST_OF_ANY = 32_768;
/** A server on this machine at a port that says nothing of it. */
export const LOCAL = 'localhost';

/**
 * The server behind a host as a client names it, at an address where that is known. On this machine
 * services differ by their ports alone (`localhost:3001`), unless a name was made up for them or the
 * port is another one at each start; elsewhere the host decides (`workloadOf`).
 */
export function serverSide(
  host: string | undefined,
  port: number | undefined,
  address?: string,
): RecordSide {
  const name = host?.replace(/^\[|\]$/g, '').toLowerCase();
  const ip = address ?? (name !== undefined && isAddress(name) ? name : undefined);
  const local = addressClass(ip) === 'loopback' || (name !== undefined && isLoopback(name));
  if (!local || name === undefined) return { ip, port };
  const nameless = isAddress(name) || isLoopback(name);
  const svc = nameless ? localName(port) : name;
  return { svc, ip, port };
}

function localName(port: number | undefined): string | undefined {
  if (port === undefined) return undefined;
  return port < FIRST_OF_ANY ? `${LOCAL}:${port}` : LOCAL;
}
