import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { compareMessages } from '../../../src/compare/schema/index.ts';
import { unreadShare } from '../../../src/compare/schema/unread.ts';
import type { MessageProfile } from '../../../src/profile/message.ts';
import { statsOf } from '../view/make.ts';
import { compareBodies, compared, Malformed, messages } from './make.ts';

type Each = (i: number) => unknown;
type Over = (i: number) => Partial<Call>;

const json = { id: 1 };
/** `value` in the first `some` messages, no body in the others. */
const first =
  (some: number, value: unknown = json): Each =>
  (i) =>
    i < some ? value : undefined;
const all: Each = () => json;
const told = (...given: Parameters<typeof compareBodies>) => compareBodies(...given);
const summaries = (...given: Parameters<typeof compareBodies>) =>
  compareBodies(...given).findings.map(({ severity, summary }) => `${severity}: ${summary}`);

describe('what is published', () => {
  it('breaks as what is answered does: its readers are not asked what they need', () => {
    const change = (before: Each, after: Each) =>
      [true, false].map((published) => {
        const [base, cand] = [before, after].map((each) => messages('request', 50, each));
        return compareMessages({
          ...{ operation: 'kafka PRODUCE orders', side: 'request', minSamples: 20, published },
          ...{ base: base as MessageProfile, cand: cand as MessageProfile },
        }).findings.map(({ severity, path }) => `${severity} ${path}`);
      });
    expect(change(all, () => ({ ...json, more: 1 }))).toEqual([
      ['info request /more'],
      ['breaking request /more'],
    ]);
    expect(change(all, (i) => ({ id: i % 2 ? 1 : null }))).toEqual([
      ['breaking request /id'],
      ['warning request /id'],
    ]);
  });
});

it('a store asks its callers for nothing: what they newly send is theirs, what they no longer do is lost', () => {
  const change = (before: Each, after: Each) =>
    [true, false].map((stored) => {
      const [base, cand] = [before, after].map((each) => messages('request', 50, each));
      return compareMessages({
        ...{ operation: 'db FIND orders', side: 'request', minSamples: 20, stored },
        ...{ base: base as MessageProfile, cand: cand as MessageProfile },
      }).findings.map(({ severity, path }) => `${severity} ${path}`);
    });
  const more = () => ({ ...json, projection: 1 });
  expect(change(all, more)).toEqual([
    ['info request /projection'],
    ['breaking request /projection'],
  ]);
  expect(change((i) => (i % 2 ? json : more()), more)[0]).toEqual(['info request /projection']);
  expect(change(more, all)[0]).toEqual(change(more, all)[1]);
});

describe('the body of messages', () => {
  it.each<[string, 'request' | 'response', Each, Each, string]>([
    [
      'goes',
      'response',
      all,
      first(0),
      'breaking: The body of response 200 is empty now (50/50 → 0/50).',
    ],
    ['comes', 'response', first(0), all, 'info: The body of response 200 is new (0/50 → 50/50).'],
    [
      'comes at times',
      'response',
      first(0),
      first(30),
      'info: The body of response 200 is new (0/50 → 30/50).',
    ],
    [
      'is missing at times',
      'response',
      all,
      first(30),
      'breaking: The body of response 200 is missing at times (50/50 → 30/50).',
    ],
    [
      'is always there',
      'request',
      first(30),
      all,
      'breaking: The body of request is always there now (30/50 → 50/50).',
    ],
  ])('%s', (_, side, before, after, line) => {
    expect(summaries(side, before, after)).toEqual([line]);
  });

  it('is shown by calls that have it, or lack it', () => {
    const shown = (before: Each, after: Each, side: string) =>
      told('response', before, after)
        .findings[0]?.evidence.filter((one) => one.side === side)
        .map(({ callId }) => Number(callId.slice(1))) ?? [];
    const lacking = shown(all, first(30), 'candidate');
    expect(lacking.length).toBeGreaterThan(0);
    expect(lacking.every((i) => i >= 30)).toBe(true);
    const come = shown(first(0), first(30), 'candidate');
    expect(come.length).toBeGreaterThan(0);
    expect(come.every((i) => i < 30)).toBe(true);
    expect(shown(first(0), first(30), 'baseline').length).toBeGreaterThan(0);
    expect(shown(all, first(0), 'candidate').length).toBeGreaterThan(0);
    expect(shown(first(30), all, 'candidate').length).toBeGreaterThan(0);
  });

  it('that is another kind is told with what it was and is', () => {
    const broken: Each = () => new Malformed();
    const [found] = told('response', all, broken).findings;
    expect(found).toMatchObject({
      rule: 'schema.body-format-changed',
      severity: 'breaking',
      summary: 'The body of response 200 was json and is malformed (0/50 → 50/50).',
      baseline: 'json',
      candidate: 'malformed',
    });
    expect(found?.evidence.filter(({ side }) => side === 'candidate').length).toBeGreaterThan(0);
    const some: Each = (i) => (i < 20 ? new Malformed() : json);
    expect(told('response', all, some).findings[0]).toMatchObject({
      summary: 'The body of response 200 was json and is malformed (0/50 → 20/50).',
      candidate: 'json or malformed',
    });
    expect(told('response', some, all).told).toEqual([]);
    expect(told('response', broken, all).findings[0]?.summary).toContain(
      'was malformed and is json',
    );
  });

  it('of another media type is told by its header, once', () => {
    const form: Over = () => ({
      responseHeaders: new Map([['content-type', 'application/x-www-form-urlencoded']]),
      responseBody: { state: 'whole', text: 'a=1' },
    });
    const { findings } = compared(
      'response',
      messages('response', 50, all, undefined, 'b'),
      messages('response', 50, all, form, 'c'),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['header.content-type-changed']);
  });
});

describe('what can not be judged', () => {
  const cut: Over = () => ({ responseBody: { state: 'cut', text: '{' } });
  const unseen: Over = () => ({ responseBody: { state: 'unseen', text: '' } });
  const but =
    (some: number, over: Over): Over =>
    (i) =>
      i < some ? {} : over(i);
  const check = (base: Over | undefined, cand: Over | undefined, counts = [50, 50], after = all) =>
    compared(
      'response',
      messages('response', counts[0] ?? 0, all, base, 'b'),
      messages('response', counts[1] ?? 0, after, cand, 'c'),
    );

  it('is said of too few messages, and of none where a side has none', () => {
    const few = (count: [number, number]) => told('response', all, all, { count }).notChecked;
    expect(few([19, 50])).toEqual([
      'response 200: 19 and 50 messages; 20 on each side are needed to judge fields and headers.',
    ]);
    expect(few([20, 20])).toEqual([]);
    expect(few([0, 50])).toEqual([]);
    expect(few([50, 0])).toEqual([]);
  });

  it('is said of too few bodies of a kind', () => {
    expect(told('response', first(50), first(12), { count: [50, 50] }).notChecked).toEqual([
      'response 200: 50 and 12 json bodies; 20 on each side are needed to judge fields and headers.',
    ]);
    expect(told('response', first(30), first(20)).notChecked).toEqual([]);
    expect(told('response', first(19), first(30)).notChecked).toHaveLength(1);
  });

  it('is said of bodies that are cut', () => {
    const reason = (some: number, counts?: number[]) =>
      check(undefined, but(some, cut), counts).notChecked;
    expect(reason(7)).toEqual([
      'response 200: 50 of 50 and 7 of 50 bodies could be read, the others are cut or redacted; 20 on each side are needed to judge their fields.',
    ]);
    expect(reason(20)).toEqual([]);
    expect(check(but(7, cut), undefined).notChecked[0]).toContain('7 of 50 and 50 of 50 bodies');
  });

  it('is said of a source that shows no bodies, whose headers are judged where both lack them', () => {
    const said = 'response 200: the source shows no bodies, so their fields can not be judged.';
    const tagged: Over = (i) => ({ ...unseen(i), responseHeaders: new Map([['etag', '"1"']]) });
    expect(check(unseen, undefined)).toMatchObject({ told: [], notChecked: [said] });
    expect(check(undefined, tagged)).toMatchObject({ told: [], notChecked: [said] });
    expect(check(unseen, tagged).notChecked).toEqual([said]);
    expect(check(tagged, unseen).told).toContain(
      'breaking header.removed @ response 200 header etag',
    );
    expect(check(but(20, unseen), undefined).notChecked).toEqual([]);
    expect(check(but(19, unseen), undefined).notChecked[0]).toBe(said);
  });

  it('is the share of the bodies that are cut where too few could be read', () => {
    const body = { state: 'whole', text: '{}' } as const;
    const headers = new Map([['content-type', 'application/json']]);
    const stats = (whole: number, cutOff: number, none: number) =>
      statsOf(whole + cutOff + none, (i) => ({
        responseHeaders: headers,
        responseBody:
          i < whole ? body : i < whole + cutOff ? { state: 'cut', text: '{' } : { state: 'absent' },
      }));
    expect(unreadShare([], 20)).toBe(0);
    expect(unreadShare([stats(0, 0, 9)], 20)).toBe(0);
    expect(unreadShare([stats(19, 1, 9)], 20)).toBe(1);
    expect(unreadShare([stats(20, 50, 0)], 20)).toBe(0);
    expect(unreadShare([stats(10, 9, 0)], 20)).toBe(0);
    expect(unreadShare([stats(10, 20, 5), stats(90, 0, 0)], 20)).toBe(0.25);
  });
});

describe('the query of requests', () => {
  it('is judged as a part of its own', () => {
    const asks =
      (query: string): Over =>
      () => ({ path: `/things?${query}` });
    const { told, notChecked } = compared(
      'request',
      messages('request', 50, all, asks('page=1&size=2'), 'b'),
      messages('request', 50, all, asks('page=1'), 'c'),
    );
    expect(told).toEqual(['breaking schema.field-removed @ request query /size']);
    expect(notChecked).toEqual([]);
  });
});
