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
  ['postgresql', '53300', 'server'],
  ['postgresql', '57P01', 'server'],
  ['postgresql', '08006', 'server'],
  ['postgresql', 'XX000', 'server'],
  ['postgresql', '23505', 'client'],
  ['postgresql', '40P01', 'client'],
  ['postgresql', '42P01', 'client'],
  ['postgresql', '00000', 'ok'],
  ['postgresql', 'P0001', 'unknown'],
  ['postgresql', '0', 'unknown'],
  ['postgresql', 'ERROR', 'server'],
  ['mysql', '1040', 'server'],
  ['mysql', '1062', 'unknown'],
  ['mysql', '08S01', 'server'],
  ['http', '53300', 'unknown'],
  ['redis', 'error', 'server'],
  ['redis', '0', 'unknown'],
] as const)('%s %s is %s', (protocol, status, kind) => {
  expect(statusKind(protocol, status)).toBe(kind);
});
