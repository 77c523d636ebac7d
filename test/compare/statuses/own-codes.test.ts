import { expect, it } from 'vitest';
import { codeSays } from '../../../src/compare/statuses/own-codes.ts';

it.each([
  ['postgresql', '25006', ' (25006: it is read only)'],
  ['mysql', '1290', ' (1290: it is read only)'],
  ['mysql', '3024', ' (3024: a statement took too long, or was cancelled)'],
  ['postgresql', '53300', ' (53300: it lacks disk, memory or connections)'],
  ['mongodb', '262', ' (262: a statement took too long, or was cancelled)'],
  ['redis', 'LOADING', ' (LOADING: it starts or shuts down)'],
])('%s %s says why', (protocol, status, words) => {
  expect(codeSays(protocol, status)).toBe(words);
});

it.each([
  ['http', '262'],
  ['kafka', '50'],
  ['postgresql', '23505'],
  ['postgresql', '<script>'],
])('%s %s says nothing', (protocol, status) => {
  expect(codeSays(protocol, status)).toBe('');
});
