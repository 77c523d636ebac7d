import { describe, expect, it } from 'vitest';
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

function lines(base: OperationStats, cand: OperationStats): string[] {
  const pair = operationPair('orders POST /orders', base, cand);
  return errorsToldAsSuccess(pair, { minSamples: 20 }).map(
    ({ severity, rule, summary }) => `${severity} ${rule}: ${summary}`,
  );
}

describe('an error told with a status of success that was never answered with', () => {
  const told = (status: string) =>
    `breaking error.new-code: /error of response ${status} tells of an error (0/200 → 40/200).`;

  it('breaks, among all that succeeded', () => {
    expect(lines(created, fifth('200'))).toEqual([told('200')]);
    expect(lines(created, fifth('202'))).toEqual([told('202')]);
  });

  it('breaks also where success has no body', () => {
    const empty: Answer = ['204'];
    expect(
      lines(
        answers(200, () => empty),
        fifth('200', empty),
      ),
    ).toEqual([told('200')]);
  });

  it('is told for each of several', () => {
    const both = answers(200, (i) => (i % 5 ? made : failed(i % 2 ? '200' : '202')));
    expect(lines(created, both).map((line) => / response (\d+) /.exec(line)?.[1])).toEqual([
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
