import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { type HubOptions, noCaptureFaults } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateRecords, type RecordOptions } from '../support/records.ts';

/** A minute and a half of a shop on three nodes, each call seen at both ends. */
const START = 1_700_000_000_000;
const END = START + 90_000;
const shop = (options: RecordOptions = {}) =>
  (
    generateRecords({
      requests: 320,
      every: 280,
      start: START,
      seenTwice: 1,
      ...options,
    }) as unknown as HubRecord[]
  ).filter(({ ts }) => ts <= END);

const before = shop({ seed: 1 });
const after = shop({ seed: 2, rollout: 1 });

let folder: string;
let baseline: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-health-'));
  baseline = await storeBaseline('baseline', before);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command line in this process; gives its exit code and what it wrote. */
async function wireproof(...argv: string[]) {
  let out = '';
  let err = '';
  const sink = (add: (text: string) => void) => ({
    write: (text: string) => {
      add(text);
      return true;
    },
    on: () => {},
    isTTY: false,
  });
  const code = await runCommandLine(argv, {
    stdout: sink((text) => {
      out += text;
    }),
    stderr: sink((text) => {
      err += text;
    }),
    env: { PATH: process.env.PATH },
    signal: AbortSignal.timeout(60_000),
  });
  return { code, out, err };
}

const window = ['--start', String(START), '--end', String(END)];

async function storeBaseline(
  name: string,
  records: readonly HubRecord[],
  options: Partial<HubOptions> = {},
): Promise<string> {
  await using hub = await hubWith(records, options);
  const path = join(folder, `${name}.json`);
  const stored = await wireproof('baseline', '--kubeshark-url', hub.url, ...window, '-o', path);
  expect(stored.code, stored.err).toBe(0);
  return path;
}

interface Verified {
  readonly code: number;
  readonly judgement: Judgement;
}

async function verify(
  records: readonly HubRecord[],
  options: Partial<HubOptions> = {},
  more: readonly string[] = [],
  against = baseline,
): Promise<Verified> {
  await using hub = await hubWith(records, options);
  const source = ['--kubeshark-url', hub.url, ...window, ...more];
  const ran = await wireproof('verify', ...source, '--baseline', against, '--json');
  expect(ran.out, ran.err).not.toBe('');
  return { code: ran.code, judgement: JSON.parse(ran.out) };
}

const codes = ({ judgement: { capture } }: Verified) =>
  capture.candidate.problems.map(({ code }) => code);

function expectPass({ code, judgement }: Verified): void {
  expect(judgement.verdict, judgement.reasons.join('\n')).toBe('PASS');
  expect(code).toBe(0);
}

/** INCONCLUSIVE, by this fault of the candidate's capture and none that isn't its. */
function expectUndecided(verified: Verified, code: string, words: RegExp): void {
  const { verdict, reasons } = verified.judgement;
  expect(verdict, reasons.join('\n')).toBe('INCONCLUSIVE');
  if (process.env.SHOW) process.stderr.write(`${reasons.join('\n')}\n\n`);
  expect(verified.code).toBe(4);
  expect(codes(verified)).toContain(code);
  expect(reasons.filter((reason) => reason.startsWith('candidate capture: ')).join('\n')).toMatch(
    words,
  );
}

const capture = (faults: Partial<HubOptions['capture']>): Partial<HubOptions> => ({
  capture: { ...noCaptureFaults, ...faults },
});
const at = (from: number, to: number) => ({ oldest_ts: START + from, newest_ts: START + to });
const holds = (from: number, to: number) => ({
  boundaries: at(from, to),
  l7Boundaries: at(from, to),
});

describe('a whole capture is PASS', () => {
  it.each([2, 3, 4, 5])('of another rollout on other nodes (%i)', async (seed) => {
    expectPass(await verify(shop({ seed, rollout: seed })));
  });

  it('of a Hub that lists few calls at once, some late, and previews of bodies', async () => {
    const options = { pageLimit: 200, preview: 60, late: 0.05, lateBy: 300 };
    expectPass(await verify(after, options));
  });
});

describe('a fault of the capture is INCONCLUSIVE, with its reason', () => {
  const faults: [
    name: string,
    Partial<HubOptions>,
    code: string,
    words: RegExp,
    more?: string[],
  ][] = [
    [
      'the Hub holds no more of the beginning',
      holds(20_000, 90_000),
      'outside-boundaries',
      /lacks its first 20 s/,
    ],
    [
      'the Hub does not hold the end',
      holds(0, 30_000),
      'outside-boundaries',
      /lacks its last 60 s/,
    ],
    [
      'dissection was off for a while',
      capture({ undissected: [at(30_000, 50_000)] }),
      'hole',
      /a hole of (18|19|20) s from .*no call where about \d+ were to be expected.*dissection that went off/,
    ],
    [
      'calls that are counted are not listed',
      capture({ unlisted: 0.02 }),
      'incomplete',
      /read \d+ of \d+ calls announced.*lists fewer calls than it announced/,
    ],
    [
      'a page fails however often it is asked for',
      capture({ brokenPages: at(40_000, 42_000) }),
      'incomplete',
      /read \d+ of \d+ calls announced.*index of this time is broken/,
    ],
    [
      'bodies are redacted',
      capture({ redacted: 0.97 }),
      'bodies-unknown',
      /\d+ % of the bodies .*cut or redacted/,
    ],
    [
      'bodies are cut short and the detail tool is missing',
      { preview: 10, without: ['get_api_call'] },
      'bodies-unknown',
      /bodies cut short, and there is no detail tool/,
    ],
    [
      'a service is encrypted',
      capture({ encrypted: ['audit'] }),
      'undissected-flows',
      /orders → audit/,
    ],
    [
      "a node's clock is off by more than linking allows",
      capture({ clocks: { 'node-b': 12 } }),
      'clock-skew',
      /node-b differ by 1[12]\.\d ms/,
    ],
    [
      "a node's clock is off by more than two views of a call are matched",
      capture({ clocks: { 'node-b': 700 } }),
      'node-blind',
      /saw .* of the .* calls that its pods .* other nodes/,
    ],
    [
      'a node delivers nothing',
      capture({ down: [{ node: 'node-b', from: 0, to: Infinity }] }),
      'node-blind',
      /node-b saw 0 of the \d+ calls/,
    ],
    [
      'the workers restart',
      capture({ down: [{ from: START + 40_000, to: START + 62_000 }] }),
      'hole',
      /a hole of 2[0-2] s from .*a worker that restarted/,
    ],
    [
      'the worker of one node restarts',
      capture({ down: [{ node: 'node-b', from: START + 40_000, to: START + 62_000 }] }),
      'hole',
      /node-b saw no call/,
    ],
  ];

  it.each(faults)('%s', async (_, options, code, words, more = []) => {
    expectUndecided(await verify(after, options, more), code, words);
  });
});
