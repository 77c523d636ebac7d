import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { type HubOptions, noCaptureFaults } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateRecords, type RecordOptions } from '../support/records.ts';

/** Five cases share a thread. */
const LIMIT_MS = 600_000;

/** A minute and a half of a shop on three nodes, each call seen at both ends. */
const START = 1_700_000_000_000;
const END = START + 90_000;
const shop = (options: RecordOptions = {}) =>
  (
    generateRecords({
      requests: 160,
      every: 565,
      start: START,
      seenTwice: 1,
      ...options,
    }) as unknown as HubRecord[]
  ).filter(({ ts }) => ts <= END || (options.start ?? START) > END);

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
    signal: AbortSignal.timeout(LIMIT_MS),
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

describe.concurrent('a whole capture is PASS', { timeout: LIMIT_MS }, () => {
  it.each([2, 3])('of another rollout on other nodes (%i)', async (seed) => {
    expectPass(await verify(shop({ seed, rollout: seed })));
  });

  it('of a Hub that lists few calls at once, some late, and previews of bodies', async () => {
    const options = { pageLimit: 200, preview: 60, late: 0.05, lateBy: 300 };
    expectPass(await verify(after, options));
  });
});

describe.concurrent('a fault of the capture is INCONCLUSIVE, with its reason', {
  timeout: LIMIT_MS,
}, () => {
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
      { ...capture({ brokenPages: at(40_000, 44_000) }), pageLimit: 500 },
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

  it('calls of one millisecond that no filter tells apart are more than a page', async () => {
    const [model] = before.filter(({ path }) => String(path).startsWith('/api/items'));
    const burst = (records: readonly HubRecord[]) => [
      ...records,
      ...Array.from({ length: 600 }, (_, i) => ({
        ...(model as HubRecord),
        id: `${model?.node_id}/burst/${i}`,
        ts: START + 45_000,
      })),
    ];
    const against = await storeBaseline('burst', burst(before));
    expectPass(await verify(burst(after), {}, [], against));
    const verified = await verify(burst(after), { pageLimit: 500 }, [], against);
    expectUndecided(
      verified,
      'incomplete',
      /too many calls in one millisecond for the Hub to list/,
    );
  });

  it('records that cannot be read', async () => {
    const garbled = after.map((record, i) => (i % 50 === 0 ? { ...record, proto: 7 } : record));
    expectUndecided(await verify(garbled), 'bad-records', /\d+ of \d+ records could not be read/);
  });

  it('nothing in the window', async () => {
    // A profile without provenance fits any scope.
    const bare = join(folder, 'bare.json');
    await wireproof('merge', baseline, '-o', bare);
    const verified = await verify(after, {}, ['--namespace', 'shopp'], bare);
    expectUndecided(verified, 'no-calls', /matches none of the \d+ or more calls in the window/);
  });

  it('lists the schemas that were not judged', async () => {
    const { judgement } = await verify(after, capture({ redacted: 0.97 }));
    expect(judgement.coverage.unreadBodies.baseline).toBe(0);
    expect(judgement.coverage.unreadBodies.candidate).toBeGreaterThan(0.9);
    expect(judgement.coverage.notChecked).toContainEqual(
      expect.objectContaining({
        operation: 'orders GET /api/orders/{id}',
        family: 'schema',
        reason: expect.stringMatching(
          /^response 200: \d+ of \d+ and \d of \d+ bodies could be read, the others are cut or redacted/,
        ),
      }),
    );
  });

  it("and so is the baseline's", async () => {
    const faulty = capture({ clocks: { 'node-b': 12 } });
    const against = await storeBaseline('skewed', before, faulty);
    const { code, judgement } = await verify(after, {}, [], against);
    expect(judgement.verdict).toBe('INCONCLUSIVE');
    expect(code).toBe(4);
    expect(judgement.reasons[0]).toMatch(
      /^baseline capture: the clocks of .* differ by 1[12]\.\d ms/,
    );
    expect(judgement.capture.candidate.problems).toEqual([]);
  });
});

describe('a run during which dissection goes off', () => {
  /** Runs a verb while a scenario makes two seconds of traffic, dissected to its end or half-way. */
  async function during(off: boolean, seed: number, ...argv: readonly string[]) {
    await using hub = await hubWith([]);
    const scenario = createServer(async (_, response) => {
      const traffic = { seed, rollout: seed, requests: 80, operations: 2, every: 25 };
      hub.hub.recording.add(shop({ ...traffic, start: Date.now() }));
      await sleep(1000);
      if (off) await hub.hub.call('disable_dissection', {});
      await sleep(1500);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(scenario, 'listening');
    try {
      const { port } = scenario.address() as AddressInfo;
      const ask = `'${process.execPath}' -e "await fetch('http://127.0.0.1:${port}')"`;
      return await wireproof(...argv, '--kubeshark-url', hub.url, '--run', ask);
    } finally {
      scenario.close();
    }
  }

  it('is INCONCLUSIVE live, and whole by a snapshot of the raw capture', async () => {
    const path = join(folder, 'run.json');
    const stored = await during(false, 1, 'baseline', '--route', 'live', '-o', path);
    expect(stored.code, stored.err).toBe(0);
    const verify = ['verify', '--baseline', path, '--json', '--route'];
    const whole = await during(false, 2, ...verify, 'live');
    expectPass({ code: whole.code, judgement: JSON.parse(whole.out) });
    const cut = await during(true, 2, ...verify, 'live');
    const judgement: Judgement = JSON.parse(cut.out);
    expectUndecided({ code: cut.code, judgement }, 'dissection-off', /went off before the window/);
    const frozen = await during(true, 2, ...verify, 'auto');
    expectPass({ code: frozen.code, judgement: JSON.parse(frozen.out) });
  });
});

describe('the command line', () => {
  const cli = (...argv: string[]) =>
    promisify(execFile)(process.execPath, ['dist/cli.js', ...argv]).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      ({ code, stdout }) => ({ code, out: stdout as string }),
    );

  it.each([
    ['PASS', {}, 0, /^PASS\n/],
    [
      'INCONCLUSIVE for a node without a worker',
      capture({ down: [{ node: 'node-b', from: 0, to: Infinity }] }),
      4,
      /^INCONCLUSIVE\n {2}candidate capture: node-b saw 0 of the [\s\S]*\n {2}node-blind: node-b saw 0/,
    ],
    [
      'INCONCLUSIVE for a hole',
      capture({ down: [{ from: START + 40_000, to: START + 62_000 }] }),
      4,
      /^INCONCLUSIVE\n {2}candidate capture: a hole of 2[0-2] s from [\s\S]*\n {2}hole: a hole of/,
    ],
  ] as const)('says %s', async (_, options, code, words) => {
    await using hub = await hubWith(after, options);
    const source = ['--kubeshark-url', hub.url, ...window];
    const ran = await cli('verify', ...source, '--baseline', baseline);
    expect(ran.out).toMatch(words);
    expect(ran.code).toBe(code);
  });
});
