import { failure, rejection } from './bodies.ts';
import type { Draw } from './draw.ts';
import type { Operation } from './operation.ts';

export type Outcome = 'done' | 'failed' | 'declined' | 'broken';

type Headers = Readonly<Record<string, string>>;
const json: Headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const text: Headers = { 'content-type': 'text/plain; charset=utf-8' };
const grpc = (code: string): Headers => ({
  'content-type': 'application/grpc',
  'grpc-status': code,
});
const none: Headers = {};

/** Status, headers and body of an answer; `broken`: what it needed had failed. */
export function answerOf(operation: Operation, outcome: Outcome, draw: Draw, fixed?: number) {
  const protocol = operation.workload?.protocol ?? 'http';
  switch (protocol) {
    case 'http': {
      const status = fixed ?? httpStatus(operation, outcome, draw);
      if (status >= 500) return { status, headers: json, body: failure(draw) };
      if (status >= 400) return { status, headers: json, body: rejection(draw) };
      if (operation.gives) return { status, headers: json, body: operation.gives(draw) };
      return { status, headers: text, body: 'ok\n' };
    }
    case 'grpc':
      return { status: 200, headers: grpc(grpcStatus(operation, outcome, draw)), body: '' };
    case 'dns':
      return { status: outcome === 'declined' ? 3 : 0, headers: none, body: '' };
    default:
      return { status: outcome === 'done' ? 0 : 'ERROR', headers: none, body: '' };
  }
}

function httpStatus(operation: Operation, outcome: Outcome, draw: Draw): number {
  if (outcome === 'broken') return draw.chance(0.8) ? 502 : 504;
  if (outcome === 'failed') return draw.chance(0.6) ? 500 : 503;
  if (outcome === 'declined') return operation.declined ?? 404;
  return operation.method === 'POST' && draw.chance(0.5) ? 201 : 200;
}

function grpcStatus(operation: Operation, outcome: Outcome, draw: Draw): string {
  if (outcome === 'failed' || outcome === 'broken') return draw.chance(0.7) ? '14' : '13';
  return outcome === 'declined' ? String(operation.declined ?? 5) : '0';
}
