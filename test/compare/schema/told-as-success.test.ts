import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/compare/finding.ts';
import { errorsToldAsSuccess } from '../../../src/compare/schema/told-as-success.ts';
import type { OperationStats } from '../../../src/profile/operation-stats.ts';
import { json } from '../../support/calls.ts';
import { operationPair, statsOf } from '../view/make.ts';

type Answer = readonly [status: string, body?: unknown];
const responseHeaders = new Map([['content-type', 'application/json']]);
const answers = (count: number, each: (i: number) => Answer): OperationStats =>
  statsOf(count, (i) => {
    const [status, body] = each(i);
    return { status, ...(body !== undefined && { responseHeaders, responseBody: json(body) }) };
  });

const made: Answer = ['201', { id: 1 }];
const failed = (status: string): Answer => [status, { error: 'out of stock' }];
const created = answers(200, () => made);
const fifth = (status: string, other: Answer = made) =>
  answers(200, (i) => (i % 5 ? other : failed(status)));

/** One in five fails with this status, among others that are answered anew and are not in error. */
const among = (status: string) =>
  answers(200, (i) => [failed(status), ['200', { id: 1 }] as const][i % 5] ?? made);
const rarely = answers(200, (i) => (i % 50 ? made : failed('201')));

function told(base: OperationStats, cand: OperationStats): Finding[] {
  const pair = operationPair('orders POST /orders', base, cand);
  return errorsToldAsSuccess(pair, { minSamples: 20 });
}

const lines = (base: OperationStats, cand: OperationStats): string[] =>
  told(base, cand).map(({ severity, rule, summary }) => `${severity} ${rule}: ${summary}`);

describe('an error told with a status of success that was never answered with', () => {
  const line = (status: string, shares = '0/200 → 40/200') =>
    `breaking error.new-code: /error of response ${status} tells of an error (${shares}).`;

  it('breaks, among all that succeeded', () => {
    expect(lines(created, fifth('200'))).toEqual([line('200')]);
    expect(lines(created, fifth('202'))).toEqual([line('202')]);
    expect(told(created, fifth('200'))[0]?.field).toMatchObject({ status: '200', part: 'json' });
  });

  it('is a warning where some told of one before, and many more do', () => {
    expect(
      lines(
        rarely,
        answers(200, () => failed('200')),
      ),
    ).toEqual([
      'warning error.rate-increased: /error of response 200 tells of errors more often (4/200 → 200/200).',
    ]);
    expect(lines(rarely, fifth('200'))).toEqual([
      'warning error.rate-increased: /error of response 200 tells of errors more often (4/200 → 40/200).',
    ]);
    expect(
      lines(
        rarely,
        answers(200, (i) => (i % 25 ? made : failed('200'))),
      ),
    ).toEqual([]);
  });

  it('breaks also where a status of failure told of it', () => {
    expect(lines(fifth('409'), fifth('200'))).toEqual([line('200', '0/160 → 40/200')]);
  });

  it('breaks also where success has no body', () => {
    const empty: Answer = ['204'];
    expect(
      lines(
        answers(200, () => empty),
        fifth('200', empty),
      ),
    ).toEqual([line('200')]);
  });

  it('is told for each of several', () => {
    const both = answers(200, (i) => (i % 5 ? made : failed(i % 2 ? '200' : '202')));
    expect(lines(created, both).map((one) => / response (\d+) /.exec(one)?.[1])).toEqual([
      '200',
      '202',
    ]);
  });

  it.each<[string, OperationStats, OperationStats]>([
    ['a status that was there', fifth('200'), fifth('200')],
    ['no error', created, answers(200, (i) => (i % 5 ? made : ['200', { id: 1 }]))],
    [
      'an error that was told with another status of success',
      answers(200, (i) => (i % 5 ? made : failed('201'))),
      fifth('200'),
    ],
    ['a status of failure', created, fifth('409')],
    ['another status, which was there', created, among('201')],
    ['another status, which tells of it more often', rarely, among('201')],
  ])('is none of %s', (_, base, cand) => {
    expect(lines(base, cand)).toEqual([]);
  });

  it('is not decided of few', () => {
    const [one] = lines(
      created,
      answers(200, (i) => (i ? made : failed('200'))),
    );
    expect(one).toMatch(/^info /);
  });
});
