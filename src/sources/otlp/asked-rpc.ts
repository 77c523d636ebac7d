import type { Asked, Told } from './asked.ts';

const OK = '0';
const UNKNOWN = '2';
/** Names of gRPC's codes, which newer conventions write. */
const CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** gRPC and other RPC. */
export function askedOfRpc({ attributes: at, name, failed }: Told): Asked | undefined {
  const system = (at['rpc.system.name'] ?? at['rpc.system'])?.toLowerCase();
  if (system === undefined) return undefined;
  const method = at['rpc.method'] ?? '';
  const service = at['rpc.service'] ?? '';
  const full = method.includes('/') ? method : `${service}/${method}`;
  const path = full === '/' ? name : full;
  const grpc = system === 'grpc' || system === 'connect_rpc' || system === 'connectrpc';
  const code = at['rpc.grpc.status_code'] ?? at['rpc.response.status_code'];
  const known = code === undefined ? -1 : CODES.indexOf(code.toUpperCase());
  return {
    protocol: grpc ? 'grpc' : system,
    method: grpc ? 'POST' : 'CALL',
    path: path.startsWith('/') ? path : `/${path}`,
    status:
      known >= 0 ? String(known) : (code ?? statusOf({ grpc, failed, type: at['error.type'] })),
    message: false,
  };
}

function statusOf({
  grpc,
  failed,
  type,
}: {
  readonly grpc: boolean;
  readonly failed: boolean;
  readonly type: string | undefined;
}): string {
  if (grpc) return failed ? UNKNOWN : OK;
  return failed ? (type ?? 'ERROR') : 'OK';
}
