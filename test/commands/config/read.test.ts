import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../../src/commands/config/config.ts';
import { USUAL_MONITOR } from '../../../src/commands/config/monitor-keys.ts';
import { readConfig } from '../../../src/commands/config/read.ts';
import { USUAL_THRESHOLDS } from '../../../src/compare/thresholds.ts';
import { silent } from '../../../src/support/progress.ts';
import { policyOf } from '../../../src/verdict/policy.ts';
import { withFile } from '../../support/with-file.ts';

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const bomb = () =>
  lines(
    10,
    (i) =>
      `k${i}: &a${i} [${Array(9)
        .fill(i === 0 ? 'x' : `*a${i - 1}`)
        .join(', ')}]`,
  );
const read = (text: string) => withFile('wireproof.yml', text, (path) => readConfig(path, silent));

describe('readConfig', () => {
  it('reads texts, numbers and lists', async () => {
    const text = 'namespace: [shop, bank]\nmin-samples: 7\nkfl: http # only\ndry-run: true\n';
    expect(await read(text)).toEqual({
      ...NOTHING,
      options: new Map([
        ['namespace', 'shop,bank'],
        ['min-samples', '7'],
        ['kfl', 'http'],
        ['dry-run', 'true'],
      ]),
    });
  });

  it('reads what is required, times in ms', async () => {
    const text = `require:
  - operation: orders POST /orders
    min-calls: 50
    max-p95: 300ms
    max-p99: 1s
    max-error-share: 0.01
  - operation: 'payment *'
`;
    expect((await read(text)).require).toEqual([
      {
        operation: 'orders POST /orders',
        minCalls: 50,
        maxP95: 300,
        maxP99: 1000,
        maxErrorShare: 0.01,
      },
      { operation: 'payment *' },
    ]);
  });

  it('takes an empty file, and none by the standard name', async () => {
    expect(await read('# nothing\n')).toEqual(NOTHING);
    expect(await readConfig(undefined, silent)).toEqual(NOTHING);
  });

  it('reads policy, thresholds, paths, names and secrets', async () => {
    const text = `rules:
  header.*: info
thresholds:
  latency-increase: 20ms
  coverage: 0.8
ignore:
  - operation: '* GET /healthz'
    reason: probes
accept:
  - rule: schema.field-removed
    operation: orders *
    reason: the field moved
    expires: 2026-12-31
paths: ['orders GET /v1/{tenant}/items']
identity:
  - service: '*-canary'
    workload: '*'
redact: [tenant_key]
`;
    const ignore = [{ operation: '* GET /healthz', reason: 'probes' }];
    const accept = [
      {
        rule: 'schema.field-removed',
        operation: 'orders *',
        reason: 'the field moved',
        expires: '2026-12-31',
      },
    ];
    expect(await read(text)).toEqual({
      options: new Map(),
      require: [],
      thresholds: [{ ...USUAL_THRESHOLDS, latencyIncrease: 20 }],
      policy: policyOf({ rules: [{ rule: 'header.*', level: 'info' }], ignore, accept }, 0.8),
      paths: ['orders GET /v1/{tenant}/items'],
      identity: [{ by: 'service', pattern: '*-canary', workload: '*' }],
      redact: ['tenant_key'],
      monitor: USUAL_MONITOR,
    });
  });

  it.each([
    ['all', ['*']],
    ['personal', []],
  ])('takes the level of redaction %s', async (level, names) => {
    expect((await read(`redact: ${level}`)).redact).toEqual(names);
  });

  const entry = 'rule: call.missing, operation: a, reason: x';

  it.each([
    ['min-sample: 7', /yml line 1: unknown key min-sample$/, /mean min-samples/],
    ['# one\n\nrun: rm -rf /', /yml line 3: unknown key run$/, /run is given on the command line/],
    ['nonsense: 7', /yml line 1: unknown key nonsense$/, /may hold: window, /],
    ['names: hosts', /unknown key names/, /names is given on the command line/],
    ['kubeshark-command: evil', /unknown key kubeshark-command/, /as an input only/],
    ['kubeshark-url: https://evil.example', /unknown key kubeshark-url/, /as an input only/],
    ['report-dir: /etc', /unknown key report-dir/, /as an input only/],
    ['baseline: s3://b/k?endpoint=http://evil.example', /unknown key baseline/, /as an input only/],
    ['today: 2020-01-01', /unknown key today/, /as an input only/],
    ['allow-inconclusive: true', /unknown key allow-inconclusive/, /as an input only/],
    ['__proto__: {a: 1}', /line 1: unknown key __proto__/, undefined],
    ['kfl: x\nmin-samples: five', /yml line 2: min-samples: it must be a whole number/, undefined],
    ['window: 5 minutes', /line 1: window: it must be a duration such as 90s/, undefined],
    ['dry-run: yes', /line 1: dry-run: it must be true or false/, undefined],
    ['require: 7', /wireproof\.yml line 1: require: it must be a list, each/, undefined],
    ['require: [orders]', /require\.0: it must be a mapping of names to values$/, undefined],
    ['require: [{min-calls: 7}]', /require\.0\.operation: it is missing$/, undefined],
    ['require: [{operation: a, min-calls: 1.5}]', /0\.min-calls: it must be a whole/, undefined],
    [
      'require: [{operation: a, max-error-share: 1%}]',
      /share: .* such as 0\.01 for one/,
      undefined,
    ],
    ['require: [{operation: a, max-p96: 7}]', /require\.0: unknown key max-p96/, /max-p95/],
    ['require: [{operation: a, max-p95: soon}]', /0\.max-p95: it must be a duration/, undefined],
    ['require:\n- operation: a\n  max-error-share: 5', /line 3: require\.0\.max-error/, undefined],
    ['require: [{operation: a, __proto__: {b: 1}}]', /unknown key __proto__/, undefined],
    ['requires: []', /unknown key requires/, /mean require\?/],
    ['rules: {schema.field-remved: off}', /unknown rule .*mean schema\.field-removed\?/, undefined],
    ['rules: {foo.*: off}', /rules\.foo\.\*: unknown rule/, undefined],
    ['rules: {constructor: off}', /unknown key constructor/, undefined],
    ['rules: {header.*: fatal}', /rules\.header\.\*: it must be one of breaking, w/, undefined],
    [
      'thresholds: {latency-ratios: 2}',
      /thresholds: unknown key latency-ratios/,
      /latency-ratio\?/,
    ],
    ['thresholds: {latency-ratio: 0.5}', /thresholds\.latency-ratio: /, undefined],
    ['thresholds: {latency-ratio: 1e999}', /thresholds\.latency-ratio: /, undefined],
    ['thresholds: {coverage: -.inf}', /thresholds\.coverage: /, undefined],
    ['thresholds: {coverage: 80}', /coverage: it must be a share from 0 to 1/, undefined],
    ['ignore: [{reason: x}]', /ignore\.0: it needs a rule, an operation or a path/, undefined],
    ['ignore: [{rule: header.*}]', /ignore\.0\.reason: it is missing$/, undefined],
    ['accept: [{rule: call.mising, operation: a}]', /mean call\.missing\?/, undefined],
    [`accept: [{${entry}}]`, /accept\.0\.expires: it must be a day/, undefined],
    [
      `accept: [{${entry}, expires: 2026-02-30}]`,
      /accept\.0\.expires: it must be a day/,
      undefined,
    ],
    [
      `accept: [{${entry}, expires: 2026-02-28, until: 7}]`,
      /unknown key until/,
      /may hold: rule, /,
    ],
    ['accept: [{rule: call.missing, operation: a, expires: 2026-01-01}]', /0\.reason: /, undefined],
    ['identity: [{service: a, pod: b, workload: c}]', /needs one of service, pod/, undefined],
    ['identity: [{workload: c}]', /needs one of service, pod/, undefined],
    ['paths: [things]', /paths\.0: it must be a path/, undefined],
    ['redact: [x, 7]', /redact\.1: /, undefined],
    ['redact: none', /redact: it must be personal or all, or a list of names/, undefined],
    ['- a\n- b', /must be a mapping/, undefined],
    ['kfl: {a: 1}', /kfl: it must be text/, undefined],
    ['a: [', /wireproof\.yml line 1: /, undefined],
    ['kfl: x\nkfl: y', /line 2: the key kfl stands twice/, undefined],
    ['? {a: b}\n: c', /a key must be text/, undefined],
    ['kfl: &a [x]\nnamespace: *a', /line 2: aliases are not read/, undefined],
    ['kfl: "a\0b"', /holds a NUL/, undefined],
  ])('refuses %j', async (text, message, hint) => {
    const thrown = await read(text).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
    if (hint) expect(thrown).toMatchObject({ hint: expect.stringMatching(hint) });
    else expect(thrown).toMatchObject({ hint: undefined });
  });

  it.each([
    ['ten megabytes', 'x'.repeat(10_000_000), /is larger than/],
    ['a bomb of aliases', bomb(), /aliases are not read/],
    ['a deep list', '['.repeat(20_000), /nested too deeply/],
    ['very many keys', lines(60_000, (i) => `k${i}: 1`), /more than 100000 values/],
    ['very many entries', `redact:\n${lines(1_001, (i) => `- a${i}`)}`, /more than 1000 entries/],
    ['a long name', `redact: [${'x'.repeat(300)}]`, /longer than 253/],
    ['a hostile key', '"\\e[2J::error::": 1', /unknown key \\u\{1b\}\[2J::error::/],
    [
      'a pattern of stars',
      `ignore: [{operation: '${'a*'.repeat(9)}', reason: x}]`,
      /more than 8 stars/,
    ],
    ['a huge number', 'require: [{operation: a, max-p95: 1e300}]', /max-p95/],
  ])('refuses %s', async (_, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
  });

  it('names a file that is not there', async () => {
    await expect(readConfig('/nowhere/wireproof.yml', silent)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('/nowhere/wireproof.yml'),
    });
  });
});
