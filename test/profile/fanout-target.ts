import type { Target } from '../../src/calls/target.ts';

/** What a call to the database asks for. */
export const target = (name: string, given: Partial<Target> = {}): Target => ({
  workload: 'db',
  protocol: 'http',
  method: 'GET',
  separator: '/',
  segments: [name],
  mutation: false,
  ...given,
});
