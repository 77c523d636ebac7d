import { expect, it } from 'vitest';
import { statusKind } from '../../src/compare/status-kind.ts';

it.each([
  ['http', '204', 'ok'],
  ['http', '404', 'client'],
  ['http', '503', 'server'],
  ['grpc', '0', 'ok'],
  ['grpc', '5', 'client'],
  ['grpc', '14', 'server'],
  ['dns', 'NOERROR', 'ok'],
  ['dns', 'No Error', 'ok'],
  ['dns', 'SERVFAIL', 'server'],
  ['dns', 'NXDOMAIN', 'unknown'],
  ['redis', 'error', 'server'],
  ['redis', '0', 'unknown'],
] as const)('%s %s is %s', (protocol, status, kind) => {
  expect(statusKind(protocol, status)).toBe(kind);
});
