import { ownCode } from './own-codes.ts';

/** What a status says of a call. `client` errors are the caller's doing, `server` errors the callee's. */
export type StatusKind = 'ok' | 'client' | 'server' | 'unknown';

/** gRPC codes that mean the server failed (the spec's list, as Google's API guide maps them to 5xx). */
const GRPC_SERVER = new Set(['2', '4', '12', '13', '14', '15']);

/**
 * DNS's word for a name that does not exist. Resolvers try names that don't, all the time, so it is no
 * error by itself; of a name that did exist it is one.
 */
export function isNoSuchName(protocol: string, status: string): boolean {
  return (
    protocol === 'dns' && /^(?:3|nx[ _-]?domain|(?:no such|non[ _-]?existent) .*)$/i.test(status)
  );
}

/** Classifies a status by its protocol's rules; what isn't documented is `unknown`, never an error. */
export function statusKind(protocol: string, status: string): StatusKind {
  if (protocol === 'grpc') return grpcKind(status);
  const own = ownCode(protocol, status);
  if (own) return own.kind;
  const code = Number(status);
  if (!Number.isInteger(code)) return wordKind(status);
  if (code >= 500 && code <= 599) return 'server';
  if (code >= 400 && code <= 499) return 'client';
  if (code >= 100 && code <= 399) return 'ok';
  return 'unknown';
}

/** DNS says `NOERROR` where nothing is wrong, and `REFUSED` where the resolver does not serve. */
function wordKind(status: string): StatusKind {
  if (/^no[ _-]?error$/i.test(status)) return 'ok';
  return /err|fail|exception|refused/i.test(status) ? 'server' : 'unknown';
}

function grpcKind(status: string): StatusKind {
  if (status === '0' || status === '200') return 'ok';
  if (GRPC_SERVER.has(status)) return 'server';
  const code = Number(status);
  if (code >= 500 && code <= 599) return 'server';
  return Number.isInteger(code) && code >= 1 && code <= 16 ? 'client' : 'unknown';
}
